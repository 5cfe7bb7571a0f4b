using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The measurement of one checkpoint.</summary>
internal sealed record EvaluateTemplate(Recipe Recipe, GraphNode Source) : StepTemplate(Recipe)
{
    public override string Kind => StepKinds.Evaluate;

    public override IReadOnlyList<GraphNode> Inputs => [Source];

    /// <summary>What is measured on a checkpoint of a recipe.</summary>
    public static EvaluateSpec Measure(Recipe recipe, ArtifactRef checkpoint) => new()
    {
        AlgorithmVersion = EvaluateSpec.CurrentVersion,
        Checkpoint = checkpoint,
        Model = recipe.Model,
        Data = recipe.Data,
        Corruptions = recipe.Evaluation.Corruptions?.Order(StringComparer.Ordinal).ToArray(),
        CorruptionLevels = CorruptionLevels.Of(recipe.Evaluation.Corruptions),
        Severities = recipe.Evaluation.Severities?.Order().ToArray(),
        Examples = recipe.Evaluation.Examples,
    };

    protected override StepSpec Spec(PlanPass pass) => Measure(Recipe, pass.Output(Source, OutputNames.Checkpoint)) with
    {
        LatencyBatch = Source.Name == NodeNames.Soup(Recipe.Sparsification.Cycles) ? Recipe.Evaluation.LatencyBatch : null,
    };
}
