using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>Ready when the store answers; asked at most every few seconds, however often somebody looks.</summary>
internal sealed class StoreHealthCheck(IObjectStore store, IOptions<StoreOptions> options, IOptions<S3Options> s3, StoreClock clock, TimeProvider time) : IHealthCheck, IDisposable
{
    private const string Probe = "health.json";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1);
    private HealthCheckResult _last;
    private long? _asked;

    private string Place => options.Value.Kind == StoreOptions.InS3
        ? $"bucket '{s3.Value.Bucket}' at {s3.Value.Endpoint}"
        : $"folder '{options.Value.Folder}'";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // By stopwatch: the clock is one of the things that may be wrong.
            if (_asked is not { } asked || time.GetElapsedTime(asked) >= Fresh)
                (_last, _asked) = (await AskAsync(cancellationToken), time.GetTimestamp());
            return _last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            // There is no such document; a store that can say so is there, and lets us in.
            await store.ReadAsync(Probe, cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return clock.Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy();
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy(
                $"The store, {Place}, did not answer within {Patience.TotalSeconds} s: check it and the network; work goes on by itself then.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"The store, {Place}, cannot be read: {exception.Message}");
        }
    }
}
