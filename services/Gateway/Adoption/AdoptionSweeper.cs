using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Adoption;

/// <summary>Fetches what was asked for, apart from the look at events: a server that is slow must not hold those up.</summary>
/// <remarks>Every replica does so: two that fetch one object do the work twice and the effect once.</remarks>
internal sealed class AdoptionSweeper(AdoptionStore adoptions, Adopter adopter, EventSignals events, IOptions<GatewayOptions> options, TimeProvider time, ILogger<AdoptionSweeper> log)
    : BackgroundService
{
    private const int AtOnce = 2;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                await adoptions.Signal.WaitAsync(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.AdoptionRests("all", exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await adoptions.PendingAsync(cancellationToken).ToListAsync(cancellationToken), limit, async (adoptionId, token) =>
        {
            try
            {
                await AdvanceAsync(adoptionId, token);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                log.AdoptionRests(adoptionId, exception.Message);
            }
        });
    }

    private async Task AdvanceAsync(string adoptionId, CancellationToken cancellationToken)
    {
        // A mark without a document is of somebody who is about to write it, or who died and is going to be asked again.
        if (await adoptions.FindAsync(adoptionId, cancellationToken) is not var (current, version))
            return;
        if (current.State == AdoptionState.Accepted && !await adoptions.TryEndAsync(await EndOfAsync(current, cancellationToken), version, cancellationToken))
            return;
        await adoptions.CloseAsync(adoptionId, cancellationToken);
        events.SweepSoon();
    }

    private async Task<AdoptionState> EndOfAsync(AdoptionState current, CancellationToken cancellationToken)
    {
        try
        {
            return current with { State = AdoptionState.Done, Artifact = await adopter.AdoptAsync(current.Request, cancellationToken) };
        }
        catch (DomainException refused)
        {
            return current with { State = AdoptionState.Rejected, Failure = refused.Failure };
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested && time.GetUtcNow() - current.At > TimeSpan.FromHours(options.Value.UploadHours))
        {
            return current with { State = AdoptionState.Rejected, Failure = new StepFailure("source-unavailable", $"The object could not be fetched: {away.Message}", "Ask for it again when its server is there.") };
        }
    }
}
