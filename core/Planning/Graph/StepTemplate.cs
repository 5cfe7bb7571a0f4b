using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// A step whose inputs are named by the nodes that make them instead of by digests. Templates are compared by value:
/// two branches that ask for the same step get the same node.
/// </summary>
internal abstract record StepTemplate(Recipe Recipe)
{
    public abstract string Kind { get; }

    public abstract IReadOnlyList<GraphNode> Inputs { get; }

    public virtual int Epochs => 0;

    /// <summary>Whether the step can run now, and then what it is: by default when all inputs are there.</summary>
    public virtual Resolution Resolve(PlanPass pass)
    {
        var waiting = false;
        foreach (var input in Inputs)
        {
            var state = pass[input].State;
            if (state is StepState.Failed or StepState.Unreachable) return Resolution.Unreachable;
            waiting |= state != StepState.Done;
        }

        return waiting ? Resolution.Waiting : Resolution.Ready(Spec(pass));
    }

    /// <summary>The step, all of whose inputs are done.</summary>
    protected abstract StepSpec Spec(PlanPass pass);
}
