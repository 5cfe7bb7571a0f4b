using Microsoft.Extensions.DependencyInjection;

namespace SparsePipeline.Runner;

/// <summary>The only list of the jobs a runner does.</summary>
internal static class RunnerRegistration
{
    /// <summary>Registers every <see cref="IRunnerJob"/>.</summary>
    public static void AddJobs(IServiceCollection services)
    {
    }
}
