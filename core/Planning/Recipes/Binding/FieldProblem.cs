namespace SparsePipeline.Planning;

/// <summary>What is wrong with one value.</summary>
internal sealed record FieldProblem(string Reason, string Remedy);
