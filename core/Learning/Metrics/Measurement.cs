using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics;

/// <summary>What an evaluation finds.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Correctness">Which examples are right, on every split that is not corrupted; null for tasks that are not compared by that.</param>
/// <param name="Examples">What it is compared by example by example, on the same splits; null for tasks compared by right and wrong, or by what is no mean over examples.</param>
public sealed record Measurement(EvaluationReport Report, CorrectnessReport? Correctness, ExampleMeasures? Examples);
