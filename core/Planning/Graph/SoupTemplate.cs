using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The fan-in of a cycle: one soup of the candidates of one cut that <see cref="SoupQuorum"/> lets in.</summary>
internal sealed record SoupTemplate(Recipe Recipe, GraphNode Pruned, IReadOnlyList<GraphNode> Candidates, int Cycle) : StepTemplate(Recipe)
{
    public override string Kind => StepKinds.Soup;

    public override IReadOnlyList<GraphNode> Inputs => [.. Candidates, Pruned];

    public override Resolution Resolve(PlanPass pass)
    {
        if (pass[Pruned].State is StepState.Failed or StepState.Unreachable) return Resolution.Unreachable;
        if (pass[Pruned].State != StepState.Done) return Resolution.Waiting;
        var quorum = new SoupQuorum(Recipe.Soup, ChoiceName(pass), [.. Candidates.Select(c => pass[c])]);
        var decision = quorum.Decide(pass.Lookup, pass.Now);
        pass.Record(decision);
        return decision.State == StepState.Ready ? Resolution.Ready(Cook(pass, decision.Members)) : new(decision.State, null);
    }

    protected override StepSpec Spec(PlanPass pass) => Cook(pass, [.. Candidates.Select(c => pass[c])]);

    private SoupSpec Cook(PlanPass pass, IReadOnlyList<PlannedStep> members) => new()
    {
        AlgorithmVersion = SoupSpec.CurrentVersion,
        Method = Recipe.Soup.Method,
        Candidates = [.. members.Select(Candidate)],
        Expected = members.Count < Candidates.Count ? Candidates.Count : null,
        Mask = pass.Output(Pruned, OutputNames.Mask),
        Model = Recipe.Model,
        Data = Recipe.Data,
        Recalibration = Recipe.Retraining.Recalibration,
        BatchSize = Recipe.Retraining.Recalibration > 0 ? Recipe.Pretraining.BatchSize : SoupSpec.StandardBatch,
    };

    private static SoupCandidate Candidate(PlannedStep step) =>
        new(step.Result!.Outputs[OutputNames.Checkpoint], step.Result.Metrics[MetricNames.ValidationAccuracy]);

    // A choice is about candidates of one cut. An amended soup in an earlier cycle changes the cut, and with it the name.
    private string ChoiceName(PlanPass pass) => $"{NodeNames.Soup(Cycle)}-{pass[Pruned].Key![..12]}";
}
