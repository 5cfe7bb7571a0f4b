namespace SparsePipeline.Planning;

/// <summary>One thing that a grid varies.</summary>
/// <param name="Field">Path of the recipe's field, for example <c>sparsification.sparsity</c>.</param>
/// <param name="Values">What it takes, as the study writes it, in its order.</param>
public sealed record StudyAxis(string Field, IReadOnlyList<string> Values);
