using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The retry rule of everything that has to do with steps.</summary>
/// <remarks>
/// Few and short, because the sweep tries again anyway. But while the store of a shared installation is away, nothing else could be done either,
/// and a message in an error queue would wait for a person who is not needed: it is held until the store answers, for ten minutes. So it is
/// while the broker confirms nothing, until the bus is built anew.
/// </remarks>
public static class StepRetries
{
    private const int OutageTries = 40;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Growth = TimeSpan.FromMilliseconds(250);

    /// <summary>Three more tries within three seconds, and on a shared bus ten minutes for the store, then the error queue.</summary>
    public static void UseStepRetries(this IConsumePipeConfigurator endpoint, IServiceProvider services)
    {
        var shared = services.GetRequiredService<IOptions<BusOptions>>().Value.IsShared;
        if (shared)
        {
            endpoint.UseMessageRetry(outage =>
            {
                outage.Exponential(OutageTries, ShortestWait, LongestWait, Growth);
                outage.Handle<StoreUnavailableException>();
                outage.Handle<BusSilentException>();
            });
        }
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(100, 500, 2000);
            retry.Ignore<UnsuitableCommandException>();
            if (shared)
            {
                retry.Ignore<StoreUnavailableException>();
                retry.Ignore<BusSilentException>();
            }
        });
    }
}
