using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Uploads;

/// <summary>Counts the uploads whose bytes have not come, and takes the marks of those away that expired a while ago.</summary>
internal sealed class UploadWatch(IObjectStore store, TimeProvider time, ILogger<UploadWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Another gateway's clock may be behind ours.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                GatewayTelemetry.CountedUploads(await LookAsync(stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.UploadsNotCounted(exception.Message);
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How many are open now.</summary>
    internal async Task<long> LookAsync(CancellationToken cancellationToken)
    {
        var (open, now) = (0L, time.GetUtcNow());
        await foreach (var path in store.ListAsync(UploadPaths.Open, cancellationToken))
        {
            if (UploadPaths.ReadMark(path) is not var (_, end))
                continue;
            if (end > now)
                open++;
            else if (end + Patience < now)
                await store.DeleteAsync(path, cancellationToken);
        }
        return open;
    }
}
