using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Runner processes for services whose work needs libtorch.</summary>
public static class RunnersRegistration
{
    /// <summary>One pool for the process; needs the options and the stores.</summary>
    public static IServiceCollection AddRunners(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RunnerOptions>, RunnerPathValidator>());
        services.TryAddSingleton<RunnerStart>();
        services.TryAddSingleton<IRunnerPool, RunnerPool>();
        return services;
    }
}
