using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Runs;

/// <summary>One timestamped line per event worth knowing, for logs and pipes.</summary>
internal sealed class PlainProgress(RunProgress progress, TextWriter output, TimeProvider time) : IRunObserver
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, DateTimeOffset> _lastLine = new(StringComparer.Ordinal);
    private bool _planned;

    public void Planned(string runId, Plan plan)
    {
        var ended = progress.Planned(plan);
        if (!_planned)
            Line($"run {runId}: {progress.Total} steps, {progress.Done} of them cached{(progress.Ended > progress.Done ? $", {progress.Ended - progress.Done} failed before" : "")}");
        _planned = true;
        foreach (var step in ended)
            Line(step.Result?.Failure is { } failure
                ? $"FAILED {step.Node}: {failure.Reason} {failure.Remedy}"
                : $"done   {step.Node} in {Figures.Duration(step.Result?.Seconds ?? 0)}{Standing()}");
    }

    public void Started(StepStarted started)
    {
        if (progress.Started(started) is { } step)
            Line($"start  {step.Node}");
    }

    public void Progressed(StepProgressed progressed)
    {
        var now = time.GetUtcNow();
        if (progress.Progressed(progressed) is not { } step || now - _lastLine.GetValueOrDefault(step.Node, step.StartedAt) < Quiet)
            return;
        _lastLine[step.Node] = now;
        var left = step.Remaining(now) is { } remaining ? $", about {Figures.Duration(remaining.TotalSeconds)} left" : "";
        Line($"       {step.Node}: {100 * step.Fraction:0} %, {step.Message}{left}");
    }

    /// <summary>Failures are reported with the plan that follows.</summary>
    public void Failed(StepFailed failed)
    {
    }

    private string Standing() =>
        $" ({progress.Ended}/{progress.Total}{(progress.Remaining() is { } left ? $", about {Figures.Duration(left.TotalSeconds)} left" : "")})";

    private void Line(string text) => output.WriteLine($"{time.GetLocalNow():HH:mm:ss} {text}");
}
