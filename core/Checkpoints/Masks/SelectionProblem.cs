namespace SparsePipeline.Checkpoints;

/// <summary>One thing that is wrong with what somebody says about tensors.</summary>
/// <param name="Field"><c>include</c>, <c>exclude</c>, <c>layers</c> or <c>outputLayer</c>.</param>
/// <param name="Given">The pattern or name.</param>
/// <param name="Reason">What is wrong, to be read after the field.</param>
/// <param name="Remedy">What to do, with near names where there are any.</param>
public sealed record SelectionProblem(string Field, string Given, string Reason, string Remedy);
