using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The watch over the consumers of a process that is built anew when it has lost one.</summary>
public static class ConsumerWatchRegistration
{
    /// <summary>Adds the watch; whoever runs the host asks it afterwards why the host has ended.</summary>
    public static IServiceCollection AddConsumerWatch(this IServiceCollection services)
    {
        services.TryAddSingleton<Func<IReadOnlyCollection<string>>>(provider => () => QueuesOf(provider));
        services.AddSingleton<ConsumerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ConsumerWatch>());
        return services;
    }

    // Behind a closed gate nobody listens, and that is right.
    private static IReadOnlyCollection<string> QueuesOf(IServiceProvider provider) =>
        provider.GetService<ClockGate>() is { IsClosed: true } ? [] : ConsumerWatch.QueuesOf(provider.GetRequiredService<IBusControl>());
}
