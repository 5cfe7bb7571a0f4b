using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies;

/// <summary>Shows runs that go on side by side as if they were one. Safe for concurrent use.</summary>
/// <param name="study">What is run.</param>
/// <param name="known">Results there were before, by step key.</param>
/// <param name="display">Is told of all runs together.</param>
/// <param name="time">Says when to plan all of them again, which takes a while for hundreds.</param>
internal sealed class StudyObserver(Study study, IReadOnlyDictionary<string, StepResult> known, IRunObserver display, TimeProvider time) : IRunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StepResult> _known = new(known, StringComparer.Ordinal);
    private readonly StudyPlan _plan = new(study.Recipes);
    private long? _last;

    /// <summary>Where all runs stand before anything is started.</summary>
    public void Begin()
    {
        lock (_gate)
            Combine();
    }

    public void Planned(string runId, Plan plan)
    {
        lock (_gate)
        {
            foreach (var step in plan.Steps.Where(s => s.Key is not null && s.Result is not null))
                _known[step.Key!] = step.Result!;
            if (_last is not { } last || time.GetElapsedTime(last) >= Interval)
                Combine();
        }
    }

    public void Started(StepStarted started)
    {
        lock (_gate)
            display.Started(started);
    }

    public void Progressed(StepProgressed progressed)
    {
        lock (_gate)
            display.Progressed(progressed);
    }

    public void Failed(StepFailed failed)
    {
        lock (_gate)
            display.Failed(failed);
    }

    private void Combine()
    {
        display.Planned(study.Name, _plan.Combine(_known, time.GetUtcNow()));
        _last = time.GetTimestamp();
    }
}
