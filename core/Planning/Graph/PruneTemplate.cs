using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>The one cut of a cycle; all its candidates share the mask it stores.</summary>
/// <param name="Recipe">The run's recipe.</param>
/// <param name="Source">Makes the checkpoint that is cut.</param>
/// <param name="Before">The cut of the cycle before; masks only shrink.</param>
/// <param name="Sparsity">Cumulative sparsity after the cut.</param>
/// <param name="Layers">The same of layers that have their own.</param>
/// <param name="Seed">For pruners that draw, else 0: a key may not depend on what the result does not depend on.</param>
internal sealed record PruneTemplate(Recipe Recipe, GraphNode Source, GraphNode? Before, double Sparsity, IReadOnlyDictionary<string, double>? Layers, long Seed)
    : StepTemplate(Recipe)
{
    public override string Kind => StepKinds.Prune;

    public override IReadOnlyList<GraphNode> Inputs => Before is null ? [Source] : [Source, Before];

    protected override StepSpec Spec(PlanPass pass) => new PruneSpec
    {
        AlgorithmVersion = PruneSpec.CurrentVersion,
        Checkpoint = pass.Output(Source, OutputNames.Checkpoint),
        Method = Recipe.Sparsification.Method,
        Sparsity = Sparsity,
        Mask = Before is null ? null : pass.Output(Before, OutputNames.Mask),
        Allocation = Recipe.Sparsification.Allocation,
        Structure = Recipe.Sparsification.Structure,
        Exclude = Recipe.Sparsification.Exclude is { Count: > 0 } exclude ? exclude : null,
        Include = Recipe.Sparsification.Include is { Count: > 0 } include ? include : null,
        Layers = Layers,
        OutputLayer = Recipe.Sparsification.OutputLayer,
        Layout = NOfMLayout.Of(Recipe.Sparsification.Structure),
        Script = Recipe.Model.Script,
        Seed = Seed,
    };
}
