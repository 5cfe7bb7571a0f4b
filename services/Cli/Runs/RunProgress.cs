using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Runs;

/// <summary>What a watcher knows of a run: the last plan and how far each running step is. Not safe for concurrent use.</summary>
/// <param name="workers">Steps that can run at the same time; null when nobody here knows, and the most that were seen count.</param>
internal sealed class RunProgress(int? workers)
{
    private readonly Dictionary<string, RunningStep> _running = new(StringComparer.Ordinal);
    private Plan? _plan;
    private PlanForecast? _forecast;
    private int _mostAtOnce = 1;

    /// <summary>Steps in all; 0 before the first plan.</summary>
    public int Total => _plan?.Steps.Count ?? 0;

    /// <summary>Steps that are done or have failed.</summary>
    public int Ended => _plan?.Steps.Count(HasEnded) ?? 0;

    /// <summary>Steps whose outputs are stored.</summary>
    public int Done => _plan?.Steps.Count(s => s.State == StepState.Done) ?? 0;

    /// <summary>Steps at work, in the order they started.</summary>
    public IEnumerable<RunningStep> Running => _running.Values.OrderBy(r => r.StartedAt).ThenBy(r => r.Node, StringComparer.Ordinal);

    /// <summary>Takes a new plan; returns the steps that have ended since the last one (with the first plan, those that failed: the others were cached).</summary>
    public IReadOnlyList<PlannedStep> Planned(Plan next)
    {
        var before = _plan?.Steps.Where(HasEnded).Select(s => s.Node).ToHashSet(StringComparer.Ordinal);
        (_plan, _forecast) = (next, PlanForecast.Of(next));
        var ended = next.Steps.Where(HasEnded).ToList();
        foreach (var step in ended)
            _running.Remove(step.Key ?? step.Result!.Key);
        return before is null ? [.. ended.Where(s => s.State == StepState.Failed)] : [.. ended.Where(s => !before.Contains(s.Node))];
    }

    /// <summary>A step begins; null when the plan does not know it.</summary>
    public RunningStep? Started(StepStarted started)
    {
        if (_plan?.Steps.FirstOrDefault(s => s.Key == started.StepKey) is not { } step || HasEnded(step))
            return null;
        var running = _running[started.StepKey] = new RunningStep(step.Node, step.Kind, started.At, 0, "", started.At);
        _mostAtOnce = Math.Max(_mostAtOnce, _running.Count);
        return running;
    }

    /// <summary>A step reports; null when it is not known to run.</summary>
    public RunningStep? Progressed(StepProgressed progressed) => _running.TryGetValue(progressed.StepKey, out var step)
        ? _running[progressed.StepKey] = step with { Fraction = progressed.Fraction, Message = progressed.Message, At = progressed.At }
        : null;

    /// <summary>
    /// Time left with an even spread over the workers, from what steps have cost so far, less what running steps have done;
    /// null while a kind of step was never measured.
    /// </summary>
    public TimeSpan? Remaining()
    {
        var atOnce = Math.Max(1, workers ?? _mostAtOnce);
        if (_forecast?.WallSeconds(atOnce) is not { } wall)
            return null;
        var seconds = _forecast.Steps.ToDictionary(s => s.Node, s => s.Seconds ?? 0, StringComparer.Ordinal);
        var done = _running.Values.Sum(r => r.Fraction * seconds.GetValueOrDefault(r.Node));
        return TimeSpan.FromSeconds(Math.Max(0, wall - (done / atOnce)));
    }

    private static bool HasEnded(PlannedStep step) => step.State is StepState.Done or StepState.Failed;
}
