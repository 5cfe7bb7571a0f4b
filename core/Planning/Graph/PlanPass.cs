using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>One walk over the graph in dependency order: resolves each node from those before it.</summary>
internal sealed class PlanPass(IPlanLookup lookup, DateTimeOffset now, StepKeyMemo keys)
{
    private readonly Dictionary<GraphNode, PlannedStep> _steps = [];
    private readonly List<PlannedStep> _ordered = [];
    private readonly List<SoupChoice> _choices = [];
    private DateTimeOffset? _wakeAt;
    private StepFailure? _failure;

    public IPlanLookup Lookup => lookup;

    public DateTimeOffset Now => now;

    public PlannedStep this[GraphNode node] => _steps[node];

    /// <summary>An output of a node that is done.</summary>
    public ArtifactRef Output(GraphNode node, string name) => _steps[node].Result!.Outputs[name];

    /// <summary>A metric of a node that is done.</summary>
    public double Metric(GraphNode node, string name) => _steps[node].Result!.Metrics[name];

    /// <summary>Keeps what a soup decided besides its state.</summary>
    public void Record(SoupDecision decision)
    {
        if (decision.Choice is not null) _choices.Add(decision.Choice);
        if (decision.WakeAt is { } at && (_wakeAt is null || at < _wakeAt)) _wakeAt = at;
    }

    public void Visit(GraphNode node)
    {
        var step = Step(node, node.Template.Resolve(this));
        _steps[node] = step;
        _ordered.Add(step);
        if (node.Essential) _failure ??= RunFailure.Of(step, Producers(node));
    }

    public Plan ToPlan() => new() { Steps = _ordered, Choices = _choices, Failure = _failure, WakeAt = _wakeAt };

    private IEnumerable<PlannedStep> Producers(GraphNode node) => node.Template.Inputs.Select(i => _steps[i]);

    private PlannedStep Step(GraphNode node, Resolution resolution)
    {
        var key = resolution.Spec is null ? null : keys.Of(node, resolution.Spec);
        var result = key is null ? null : StepResultCheck.Complete(lookup.Result(key), node.Template.Kind);
        return new PlannedStep
        {
            Node = node.Name,
            Kind = node.Template.Kind,
            DependsOn = node.DependsOn,
            State = result is null ? resolution.State : result.Failure is null ? StepState.Done : StepState.Failed,
            Epochs = node.Template.Epochs,
            EpochsAhead = node.EpochsAhead,
            Spec = resolution.Spec,
            Key = key,
            Result = result,
        };
    }
}
