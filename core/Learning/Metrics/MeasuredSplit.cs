using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics;

/// <summary>What was found on one split.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Correct">Which predictions are right; null for tasks that are not compared by that.</param>
/// <param name="Values">What networks are compared by, example by example; null where the figure of the split is not the mean of these.</param>
internal sealed record MeasuredSplit(SplitReport Report, CorrectExamples? Correct, IReadOnlyList<float>? Values);
