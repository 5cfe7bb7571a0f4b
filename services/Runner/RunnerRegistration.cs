using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Runner.Jobs;

namespace SparsePipeline.Runner;

/// <summary>The only list of the jobs a runner does.</summary>
internal static class RunnerRegistration
{
    /// <summary>Registers every <see cref="IRunnerJob"/> and what they share.</summary>
    public static void AddJobs(IServiceCollection services) => services
        .AddSingleton<DataCache>()
        .AddSingleton<IRunnerJob, TrainJob>()
        .AddSingleton<IRunnerJob, EvaluateJob>()
        .AddSingleton<IRunnerJob, CollectJob>()
        .AddSingleton<IRunnerJob, CollectAverageJob>()
        .AddSingleton<IRunnerJob, TimeJob>()
        .AddSingleton<IRunnerJob, ScoreJob>()
        .AddSingleton<IRunnerJob, RehearseJob>();
}
