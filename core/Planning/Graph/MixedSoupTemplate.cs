using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Planning;

/// <summary>One average of candidates with masks of their own, of those that <see cref="SoupQuorum"/> lets in.</summary>
/// <param name="Recipe">The run's recipe.</param>
/// <param name="Name">The node's; no average changes what candidates start from, so it is enough to find a choice again.</param>
/// <param name="Method">How members are chosen and weighted.</param>
/// <param name="MaskPolicy">How their masks are combined.</param>
/// <param name="Cuts">The cut each candidate was trained under; candidates may share one.</param>
/// <param name="Candidates">As many, in the same order.</param>
/// <param name="Sparsity">What the candidates were cut to, and what an average that is pruned again is cut to.</param>
/// <param name="Layers">The same of layers that have their own.</param>
internal sealed record MixedSoupTemplate(
    Recipe Recipe, string Name, MethodSpec Method, string MaskPolicy, IReadOnlyList<GraphNode> Cuts, IReadOnlyList<GraphNode> Candidates, double Sparsity,
    IReadOnlyDictionary<string, double>? Layers)
    : StepTemplate(Recipe)
{
    public override string Kind => StepKinds.Soup;

    public override IReadOnlyList<GraphNode> Inputs => [.. Candidates, .. Cuts.Distinct()];

    public override Resolution Resolve(PlanPass pass)
    {
        var quorum = new SoupQuorum(Recipe.Soup, Name, [.. Candidates.Select(c => pass[c])]);
        var decision = quorum.Decide(pass.Lookup, pass.Now);
        pass.Record(decision);
        return decision.State == StepState.Ready ? Resolution.Ready(Cook(pass, decision.Members)) : new(decision.State, null);
    }

    protected override StepSpec Spec(PlanPass pass) => Cook(pass, [.. Candidates.Select(c => pass[c])]);

    private SoupSpec Cook(PlanPass pass, IReadOnlyList<PlannedStep> members)
    {
        var chosen = members.Select(m => m.Node).ToHashSet(StringComparer.Ordinal);
        return new SoupSpec
        {
            AlgorithmVersion = SoupSpec.CurrentVersion,
            Method = Method,
            Candidates = [.. Candidates.Zip(Cuts).Where(c => chosen.Contains(c.First.Name)).Select(c => Candidate(pass, c.First, c.Second))],
            Expected = members.Count < Candidates.Count ? Candidates.Count : null,
            MaskPolicy = MaskPolicy,
            Recut = MaskPolicies.Registry.Find(MaskPolicy).Info.Traits.HasFlag(MethodTraits.CutsAgain) ? Recut() : null,
            Model = Recipe.Model,
            Data = Recipe.Data,
            Recalibration = Recipe.Retraining.Recalibration,
            BatchSize = Recipe.Retraining.Recalibration > 0 ? Recipe.Pretraining.BatchSize : SoupSpec.StandardBatch,
        };
    }

    private static SoupCandidate Candidate(PlanPass pass, GraphNode candidate, GraphNode cut) => new(
        pass.Output(candidate, OutputNames.Checkpoint), pass.Metric(candidate, MetricNames.ValidationAccuracy), pass.Output(cut, OutputNames.Mask));

    private CutRule Recut() => new()
    {
        Method = Recipe.Sparsification.Method,
        Sparsity = Sparsity,
        Allocation = Recipe.Sparsification.Allocation,
        Structure = Recipe.Sparsification.Structure,
        Exclude = Recipe.Sparsification.Exclude is { Count: > 0 } exclude ? exclude : null,
        Include = Recipe.Sparsification.Include is { Count: > 0 } include ? include : null,
        Layers = Layers,
        OutputLayer = Recipe.Sparsification.OutputLayer,
        Layout = NOfMLayout.Of(Recipe.Sparsification.Structure),
    };
}
