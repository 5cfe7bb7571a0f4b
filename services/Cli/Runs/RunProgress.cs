using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Runs;

/// <summary>What a watcher knows of a run: the last plan and how far each running step is. Not safe for concurrent use.</summary>
internal sealed class RunProgress(int workers)
{
    private readonly Dictionary<string, RunningStep> running = new(StringComparer.Ordinal);
    private Plan? plan;
    private PlanForecast? forecast;

    /// <summary>Steps in all; 0 before the first plan.</summary>
    public int Total => plan?.Steps.Count ?? 0;

    /// <summary>Steps that are done or have failed.</summary>
    public int Ended => plan?.Steps.Count(HasEnded) ?? 0;

    /// <summary>Steps at work, in the order they started.</summary>
    public IEnumerable<RunningStep> Running => running.Values.OrderBy(r => r.StartedAt).ThenBy(r => r.Node, StringComparer.Ordinal);

    /// <summary>Takes a new plan; returns the steps that have ended since the last one (with the first plan, none: they were cached).</summary>
    public IReadOnlyList<PlannedStep> Planned(Plan next)
    {
        var before = plan?.Steps.Where(HasEnded).Select(s => s.Node).ToHashSet(StringComparer.Ordinal);
        (plan, forecast) = (next, PlanForecast.Of(next));
        var ended = next.Steps.Where(HasEnded).ToList();
        foreach (var step in ended)
            running.Remove(step.Key ?? step.Result!.Key);
        return before is null ? [] : [.. ended.Where(s => !before.Contains(s.Node))];
    }

    /// <summary>A step begins; null when the plan does not know it.</summary>
    public RunningStep? Started(StepStarted started)
    {
        if (plan?.Steps.FirstOrDefault(s => s.Key == started.StepKey) is not { } step || HasEnded(step))
            return null;
        return running[started.StepKey] = new RunningStep(step.Node, step.Kind, started.At, 0, "", started.At);
    }

    /// <summary>A step reports; null when it is not known to run.</summary>
    public RunningStep? Progressed(StepProgressed progressed) => running.TryGetValue(progressed.StepKey, out var step)
        ? running[progressed.StepKey] = step with { Fraction = progressed.Fraction, Message = progressed.Message, At = progressed.At }
        : null;

    /// <summary>
    /// Time left with an even spread over the workers, from what steps have cost so far, less what running steps have done;
    /// null while a kind of step was never measured.
    /// </summary>
    public TimeSpan? Remaining()
    {
        if (forecast?.WallSeconds(workers) is not { } wall)
            return null;
        var seconds = forecast.Steps.ToDictionary(s => s.Node, s => s.Seconds ?? 0, StringComparer.Ordinal);
        var done = running.Values.Sum(r => r.Fraction * seconds.GetValueOrDefault(r.Node));
        return TimeSpan.FromSeconds(Math.Max(0, wall - (done / Math.Max(1, workers))));
    }

    private static bool HasEnded(PlannedStep step) => step.State is StepState.Done or StepState.Failed;
}
