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
/// While this machine's clock is wrong the service does not go on; a server that is away is tried when it is back.
/// </summary>
internal sealed class StoreTrial(
    IServiceProvider services, StoreClock clock, IOptions<StoreOptions> store, IOptions<S3Options> bucket, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<StoreTrial> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private string? _said;
    private bool _stood;

    /// <inheritdoc />
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the store will not do.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _stood = store.Value.Kind != StoreOptions.InS3;
        while (!_stood && !await TryAsync(cancellationToken) && clock.Problem is not null)
            await Task.Delay(Pause, time, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!_stood && !await TryAsync(stoppingToken))
                await Task.Delay(Pause, time, stoppingToken);
        }
        catch (DomainException refused)
        {
            // Started again, it is refused at the start.
            log.StoreRefused(refused.Failure.Reason, refused.Failure.Remedy);
            lifetime.StopApplication();
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // The host ends, perhaps before it had started: why is told by whoever ended it, and an exception from here would count as the reason.
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await ActivatorUtilities.CreateInstance<S3Probe>(services).RunAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            _stood = found.HonoursConditions ? true : throw new DomainException(
                FailureCodes.InvalidOption,
                $"S3:Endpoint is '{bucket.Value.Endpoint}', a server that does not honour conditional writes (If-None-Match, If-Match): two workers could hold one claim.",
                "Use an S3 server with atomic conditional writes; `sparsepipe doctor` tries one out.");
            if (_said is not null)
                log.StoreCanBeUsed();
            return true;
        }
        catch (Exception away) when (away is StoreUnavailableException or TimeoutException)
        {
            Say(away is TimeoutException ? $"It did not answer within {Patience.TotalSeconds:0} s." : away.Message);
            return false;
        }
    }

    private void Say(string reason)
    {
        if (_said != reason)
            log.StoreIsAwaited(reason);
        _said = reason;
    }
}
