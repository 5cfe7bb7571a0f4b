using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>
/// Failures from before a run was started again that come to light only now: their step was hidden behind one whose result was missing. What can
/// be mended is tried again like those that were known at the start, each once.
/// </summary>
/// <param name="planner">Forgets failures.</param>
/// <param name="runs">Where the run is made active again.</param>
/// <param name="bus">Tells the workers.</param>
/// <param name="since">When the run was started again.</param>
internal sealed class OldFailures(RunPlanner planner, IRunStore runs, IRunBus bus, DateTimeOffset since)
{
    private readonly HashSet<string> _again = new(StringComparer.Ordinal);

    /// <summary>Forgets them; false when there are none.</summary>
    public async Task<bool> TryAgainAsync(string runId, Plan plan, CancellationToken cancellationToken)
    {
        var old = RunPlanner.Mendable(plan).Where(s => s.Result!.CompletedAt < since && _again.Add(s.Key!)).ToList();
        if (old.Count == 0)
            return false;
        await planner.ForgetMendableAsync(plan with { Steps = old }, cancellationToken);
        await runs.ReopenAsync(runId, cancellationToken);
        await bus.SubmittedAsync(runId, cancellationToken);
        return true;
    }
}
