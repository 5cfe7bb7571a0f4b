using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies;

/// <summary>Shows runs that go on side by side as if they were one. Safe for concurrent use.</summary>
/// <param name="recipes">What is run.</param>
/// <param name="name">What all of them together are called.</param>
/// <param name="known">Results there were before, by step key.</param>
/// <param name="display">Is told of all runs together.</param>
/// <param name="time">Says when to plan all of them again, which takes a while for hundreds.</param>
internal sealed class StudyObserver(IReadOnlyList<Recipe> recipes, string name, IReadOnlyDictionary<string, StepResult> known, IRunObserver display, TimeProvider time) : IRunObserver
{
    // Planning all runs takes seconds for thousands of steps, on cores that the steps need.
    private const int Factor = 50;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StepResult> _known = new(known, StringComparer.Ordinal);
    private readonly StudyPlan _plan = new(recipes);
    private TimeSpan _pause = Shortest;
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
            if (_last is not { } last || time.GetElapsedTime(last) >= _pause)
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
        var start = time.GetTimestamp();
        display.Planned(name, _plan.Combine(_known, time.GetUtcNow()));
        var end = time.GetTimestamp();
        _pause = TimeSpan.FromTicks(Math.Clamp(Factor * time.GetElapsedTime(start, end).Ticks, Shortest.Ticks, Longest.Ticks));
        _last = end;
    }
}
