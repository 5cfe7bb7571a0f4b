using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The gate between the queues and a service whose clock may be wrong.</summary>
public static class ClockGateRegistration
{
    /// <summary>Adds it to a service.</summary>
    public static IServiceCollection AddClockGate(this IServiceCollection services)
    {
        services.AddSingleton<ClockGate>();
        services.AddReceiveEndpointObserver(provider => provider.GetRequiredService<ClockGate>());
        return services.AddHostedService(provider => provider.GetRequiredService<ClockGate>());
    }
}
