using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The measurement of one checkpoint.</summary>
internal sealed record EvaluateTemplate(Recipe Recipe, GraphNode Source) : StepTemplate(Recipe)
{
    public override string Kind => StepKinds.Evaluate;

    public override IReadOnlyList<GraphNode> Inputs => [Source];

    protected override StepSpec Spec(PlanPass pass) => new EvaluateSpec
    {
        AlgorithmVersion = EvaluateSpec.CurrentVersion,
        Checkpoint = pass.Output(Source, OutputNames.Checkpoint),
        Model = Recipe.Model,
        Data = Recipe.Data,
        Corruptions = Recipe.Evaluation.Corruptions?.Order(StringComparer.Ordinal).ToArray(),
        Severities = Recipe.Evaluation.Severities?.Order().ToArray(),
    };
}
