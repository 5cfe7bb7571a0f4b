using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>What a service needs to be able to work.</summary>
public static class ReadinessRegistration
{
    /// <summary>Marks the checks that count for readiness.</summary>
    public const string Tag = "sparsepipeline";

    /// <summary>Adds a check of the bus and of the store, of the sweeps where the service takes part in them, and of the runner executable where it has runners.</summary>
    internal static IServiceCollection AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton<StoreHealthCheck>();
        var checks = services.AddHealthChecks()
            .AddCheck<BusHealthCheck>("bus", tags: [Tag])
            .AddCheck<StoreHealthCheck>("store", tags: [Tag]);
        if (services.Any(s => s.ServiceType == typeof(SweepWatch)))
            checks.AddCheck<SweepHealthCheck>("sweep", tags: [Tag]);
        if (services.Any(s => s.ServiceType == typeof(IRunnerPool)))
            checks.Services.AddSingleton<RunnerReadiness>().AddHealthChecks().AddCheck<RunnerHealthCheck>("runner", tags: [Tag]);
        return services;
    }
}
