using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

/// <summary>Keeps progress and lets a test wait for the first of it.</summary>
internal sealed class Recorder : IProgress<RunnerProgress>
{
    private readonly TaskCompletionSource<RunnerProgress> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<RunnerProgress> Reports { get; } = [];

    public Task<RunnerProgress> First => _first.Task;

    public void Report(RunnerProgress value)
    {
        Reports.Add(value);
        _first.TrySetResult(value);
    }
}
