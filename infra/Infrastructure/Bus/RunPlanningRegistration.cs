using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>What every process needs that submits, follows, plans or sweeps runs.</summary>
public static class RunPlanningRegistration
{
    /// <summary>Adds the planner and the submission of runs; may be called more than once.</summary>
    public static IServiceCollection AddRunPlanning(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(RunSubmission)))
            return services;
        services.AddValidated<RunFollowerOptions, RunFollowerOptionsValidator>(configuration, RunFollowerOptions.Section);
        services.TryAddSingleton<ResultCache>();
        services.TryAddSingleton<RunPlanner>();
        services.AddSingleton<RunTraces>();
        services.AddSingleton<UnknownRuns>();
        services.AddSingleton<IRunBus, RunBus>();
        services.AddSingleton<RunSubmission>();
        return services;
    }
}
