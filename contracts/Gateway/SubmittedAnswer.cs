namespace SparsePipeline.Contracts;

/// <summary>A run that was submitted.</summary>
/// <param name="RunId">Named by its recipe: the same recipe is the same run.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Plan">What is done and what will be.</param>
public sealed record SubmittedAnswer(string RunId, string State, PlanAnswer Plan);
