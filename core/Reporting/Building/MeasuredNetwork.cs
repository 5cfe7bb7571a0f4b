using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Building;

/// <summary>What one evaluation found.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Correctness">Which examples are right; null when an earlier version measured it.</param>
/// <param name="Examples">What it is compared by, example by example; null when that is right or wrong, or no mean over examples, or an earlier version measured it.</param>
/// <param name="Networks">How many voted.</param>
internal sealed record MeasuredNetwork(EvaluationReport Report, CorrectnessReport? Correctness, ExampleMeasures? Examples, int Networks);
