using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>
/// Tries a bucket out before anything is taken from a queue: on a server that does not honour conditional writes two workers can hold one claim.
/// Waits for one that is away.
/// </summary>
internal sealed class StoreTrial(IServiceProvider services, IOptions<StoreOptions> store, IOptions<S3Options> bucket, TimeProvider time, ILogger<StoreTrial> log) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private string? _said;

    /// <inheritdoc />
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the store will not do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.Value.Kind != StoreOptions.InS3)
            return;
        while (await TryAsync(cancellationToken) is not { HonoursConditions: true })
            await Task.Delay(Pause, time, cancellationToken);
        if (_said is not null)
            log.StoreCanBeUsed();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<S3ProbeResult?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await ActivatorUtilities.CreateInstance<S3Probe>(services).RunAsync(cancellationToken);
            return found.HonoursConditions ? found : throw new DomainException(
                FailureCodes.InvalidOption,
                $"S3:Endpoint is '{bucket.Value.Endpoint}', a server that does not honour conditional writes (If-None-Match, If-Match): two workers could hold one claim.",
                "Use an S3 server with atomic conditional writes; `sparsepipe doctor` tries one out.");
        }
        catch (StoreUnavailableException away)
        {
            if (_said != away.Message)
                log.StoreIsAwaited(away.Message);
            _said = away.Message;
            return null;
        }
    }
}
