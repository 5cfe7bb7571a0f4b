using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Steps that were given up after their retries while a run was followed.</summary>
internal sealed class FaultedSteps
{
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);

    public void Add(StepFaulted step) => _reasons[step.StepKey] = step.Reason;

    /// <summary>The plan, or the same plan as failed when only given-up steps are left and no deadline can help.</summary>
    public Plan Judge(Plan plan)
    {
        var ready = plan.Ready.ToList();
        if (ready.Count == 0 || plan.WakeAt is not null || !ready.TrueForAll(s => _reasons.ContainsKey(s.Key!)))
            return plan;
        var reasons = ready.Select(s => $"'{s.Node}' was given up after several tries: {_reasons[s.Key!]}");
        const string Remedy = "Mend the cause and run again: finished steps are kept.";
        return plan with { Failure = new(FailureCodes.StepFaulted, string.Join(" ", reasons), Remedy) };
    }
}
