using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Retraining epochs behind a node: all trainings it depends on, itself included, the dense pretraining left out.</summary>
internal sealed class RetrainingCost(Plan plan)
{
    private readonly Dictionary<string, PlannedStep> _steps = plan.Steps.ToDictionary(s => s.Node, StringComparer.Ordinal);

    /// <summary>Epochs, each training counted once.</summary>
    public int Of(string node) => Behind(node).Where(s => s.Node != NodeNames.Dense && s.Kind == StepKinds.Train).Sum(s => s.Epochs);

    /// <summary>All steps it depends on, itself included.</summary>
    public IReadOnlyCollection<PlannedStep> Behind(string node)
    {
        var found = new HashSet<PlannedStep>(ReferenceEqualityComparer.Instance);
        var open = new Stack<string>([node]);
        while (open.TryPop(out var next))
        {
            if (_steps.TryGetValue(next, out var step) && found.Add(step))
                foreach (var need in step.DependsOn)
                    open.Push(need);
        }

        return found;
    }
}
