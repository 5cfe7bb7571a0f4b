using SparsePipeline.Cli.Runs;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Studies;

/// <summary>A timestamped line now and then, for logs and pipes: a line per step would be thousands.</summary>
internal sealed class StudyLines(RunProgress progress, TextWriter output, TimeProvider time) : IRunObserver
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private DateTimeOffset? _last;

    public void Planned(string runId, Plan plan)
    {
        foreach (var failed in progress.Planned(plan).Where(s => s.Result?.Failure is not null))
            Line($"FAILED {failed.Node}: {failed.Result!.Failure!.Reason} {failed.Result.Failure.Remedy}");
        if (_last is { } last && time.GetUtcNow() - last < Quiet)
            return;
        Line($"{runId}: {(_last is null ? $"{progress.Ended} of {progress.Total} steps cached" : $"{progress.Ended} of {progress.Total} steps")}{Left()}");
        _last = time.GetUtcNow();
    }

    public void Started(StepStarted started) => progress.Started(started);

    public void Progressed(StepProgressed progressed) => progress.Progressed(progressed);

    /// <summary>Failures are reported with the plan that follows.</summary>
    public void Failed(StepFailed failed)
    {
    }

    private string Left() => progress.Remaining() is { } left ? $", about {Figures.Duration(left.TotalSeconds)} left" : "";

    private void Line(string text) => output.WriteLine($"{time.GetLocalNow():HH:mm:ss} {text}");
}
