namespace SparsePipeline.Contracts;

/// <summary>What is measured beside the soups.</summary>
public sealed record EvaluationRecipe
{
    /// <summary>Baselines by name: see the <c>baseline</c> axis. Null means all.</summary>
    [MethodAxis(MethodAxes.Baseline)]
    public IReadOnlyList<string>? Baselines { get; init; }
}
