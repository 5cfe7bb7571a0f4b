using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests.Jobs;

/// <summary>Keeps all progress of a job that runs in this process.</summary>
internal sealed class ProgressList : IProgress<RunnerProgress>
{
    public List<RunnerProgress> Reports { get; } = [];

    public void Report(RunnerProgress value) => Reports.Add(value);
}
