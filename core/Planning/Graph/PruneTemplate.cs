using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The one cut of a cycle; all its candidates share the mask it stores.</summary>
/// <param name="Recipe">The run's recipe.</param>
/// <param name="Source">Makes the checkpoint that is cut.</param>
/// <param name="Before">The cut of the cycle before; masks only shrink.</param>
/// <param name="Cycle">1-based.</param>
internal sealed record PruneTemplate(Recipe Recipe, GraphNode Source, GraphNode? Before, int Cycle) : StepTemplate(Recipe)
{
    private const string RandomPruner = "random";

    public override string Kind => StepKinds.Prune;

    public override IReadOnlyList<GraphNode> Inputs => Before is null ? [Source] : [Source, Before];

    protected override StepSpec Spec(PlanPass pass)
    {
        var sparsification = Recipe.Sparsification;
        return new PruneSpec
        {
            AlgorithmVersion = PruneSpec.CurrentVersion,
            Checkpoint = pass.Output(Source, OutputNames.Checkpoint),
            Method = sparsification.Method,
            Sparsity = CycleSparsity.Of(sparsification, Cycle),
            Mask = Before is null ? null : pass.Output(Before, OutputNames.Mask),
            Allocation = sparsification.Allocation,
            Structure = sparsification.Structure,
            Exclude = sparsification.Exclude is { Count: > 0 } exclude ? exclude : null,
            Seed = sparsification.Method.Name == RandomPruner ? SeedDerivation.Derive(Recipe.Seed, "prune", Cycle) : 0,
        };
    }
}
