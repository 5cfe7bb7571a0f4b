using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>One walk over the graph in dependency order: resolves each node from those before it.</summary>
internal sealed class PlanPass(IPlanLookup lookup, DateTimeOffset now)
{
    private const int KeyDigits = 12;
    private readonly Dictionary<string, PlannedStep> _steps = new(StringComparer.Ordinal);
    private readonly List<PlannedStep> _ordered = [];
    private readonly List<SoupChoice> _choices = [];
    private DateTimeOffset? _wakeAt;
    private StepFailure? _failure;

    public void Visit(GraphNode node)
    {
        var step = Step(node, Admit(node));
        _steps[node.Name] = step;
        _ordered.Add(step);
        if (node.Essential) _failure ??= RunFailure.Of(step, node.Gate is not null, _steps);
    }

    public Plan ToPlan(GraphDocument graph) => new()
    {
        Steps = _ordered,
        Choices = _choices,
        Failure = _failure,
        WakeAt = _wakeAt,
        Workflow = graph.Workflow,
        Network = graph.Network,
        Baselines = graph.Baselines ?? [],
    };

    private Admission Admit(GraphNode node)
    {
        var waiting = false;
        foreach (var input in node.Template.Required)
        {
            var state = _steps[input].State;
            if (state is StepState.Failed or StepState.Unreachable) return Admission.Unreachable;
            waiting |= state != StepState.Done;
        }

        return waiting ? Admission.Waiting : node.Gate is { } gate ? Admit(node, gate) : Admission.Ready;
    }

    private Admission Admit(GraphNode node, QuorumGate gate)
    {
        var admission = new Quorum(gate, node.Kind, ChoiceName(gate), [.. gate.Members.Select(m => _steps[m])]).Decide(lookup, now);
        if (admission.Choice is not null) _choices.Add(admission.Choice);
        if (admission.WakeAt is { } at && (_wakeAt is null || at < _wakeAt)) _wakeAt = at;
        return admission;
    }

    // A choice is about the members of one input. An amended step before it changes that input, and with it the name.
    private string? ChoiceName(QuorumGate gate) => gate.ChoiceOf is { } of ? $"{gate.Choice}-{_steps[of].Key![..KeyDigits]}" : gate.Choice;

    private PlannedStep Step(GraphNode node, Admission admission)
    {
        var keyed = admission.State == StepState.Ready ? Keyed(node, admission.Members ?? []) : null;
        var result = keyed is null ? null : StepResultCheck.Complete(lookup.Result(keyed.Key), node.Kind, node.Read);
        return new PlannedStep
        {
            Node = node.Name,
            Kind = node.Kind,
            DependsOn = node.Template.Inputs,
            State = result is null ? admission.State : result.Failure is null ? StepState.Done : StepState.Failed,
            Epochs = node.Epochs,
            Sample = node.Sample,
            EpochsAhead = node.EpochsAhead,
            Keyed = keyed,
            Key = keyed?.Key,
            Result = result,
            Unknown = node.Unknown,
        };
    }

    private KeyedSpec Keyed(GraphNode node, IReadOnlyList<PlannedStep> members)
    {
        var inputs = new ResolvedInputs(_steps, node.Gate?.Members ?? [], members);
        var left = inputs;
        return node.Keyed(inputs, [.. node.Template.Inputs.Select(i => left.IsLeftOut(i) ? null : _steps[i].Result)]);
    }
}
