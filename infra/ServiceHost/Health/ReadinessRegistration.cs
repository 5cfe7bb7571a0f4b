using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>What a service needs to be able to work.</summary>
internal static class ReadinessRegistration
{
    /// <summary>Marks the checks that count for readiness.</summary>
    public const string Tag = "sparsepipeline";

    /// <summary>Adds a check of the bus, of the store, of the sweeps and, for services that have runners, of the runner executable.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<StoreHealthCheck>();
        var checks = services.AddHealthChecks()
            .AddCheck<BusHealthCheck>("bus", tags: [Tag])
            .AddCheck<StoreHealthCheck>("store", tags: [Tag])
            .AddCheck<SweepHealthCheck>("sweep", tags: [Tag]);
        if (services.Any(s => s.ServiceType == typeof(IRunnerPool)))
            checks.Services.AddSingleton<RunnerReadiness>().AddHealthChecks().AddCheck<RunnerHealthCheck>("runner", tags: [Tag]);
        return services;
    }
}
