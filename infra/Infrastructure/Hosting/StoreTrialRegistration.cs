using Microsoft.Extensions.DependencyInjection;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>The trial of the store that a service begins with.</summary>
public static class StoreTrialRegistration
{
    /// <summary>Adds it; what is added later is started when the store has stood it.</summary>
    public static IServiceCollection AddStoreTrial(this IServiceCollection services) => services.AddHostedService<StoreTrial>();
}
