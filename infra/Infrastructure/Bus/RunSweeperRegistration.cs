using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The sweeper of processes on a shared bus.</summary>
public static class RunSweeperRegistration
{
    /// <summary>Adds the sweeper; of all processes on one store, one at a time sweeps.</summary>
    public static IServiceCollection AddRunSweeper(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRunPlanning(configuration);
        services.TryAddSingleton<SweepWatch>();
        services.TryAddSingleton<SweepLease>();
        services.TryAddSingleton<NudgePatience>();
        services.TryAddSingleton<SweepRounds>();
        services.TryAddSingleton<RunSweep>();
        services.TryAddSingleton<ForgottenRuns>();
        services.AddHostedService<RunSweeper>();
        return services;
    }
}
