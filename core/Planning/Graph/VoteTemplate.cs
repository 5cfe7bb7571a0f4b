using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The measurement of several networks' soft vote. It waits until all have settled and goes on without those that failed, down to the soup's quorum.
/// </summary>
internal sealed record VoteTemplate(Recipe Recipe, IReadOnlyList<GraphNode> Candidates) : StepTemplate(Recipe)
{
    public override string Kind => StepKinds.Evaluate;

    public override IReadOnlyList<GraphNode> Inputs => Candidates;

    public override Resolution Resolve(PlanPass pass)
    {
        // A vote of whoever is there at a deadline would depend on the clock; it is worth waiting for, since nothing waits for it.
        var lost = Candidates.Count(c => pass[c].State is StepState.Failed or StepState.Unreachable);
        if (Candidates.Count - lost < (Recipe.Soup.Quorum ?? Candidates.Count)) return Resolution.Unreachable;
        return lost + Candidates.Count(c => pass[c].State == StepState.Done) == Candidates.Count ? Resolution.Ready(Spec(pass)) : Resolution.Waiting;
    }

    protected override StepSpec Spec(PlanPass pass)
    {
        ArtifactRef[] networks = [.. Candidates.Where(c => pass[c].State == StepState.Done).Select(c => pass.Output(c, OutputNames.Checkpoint))];
        return EvaluateTemplate.Measure(Recipe, networks[0]) with { Others = networks.Length > 1 ? networks[1..] : null };
    }
}
