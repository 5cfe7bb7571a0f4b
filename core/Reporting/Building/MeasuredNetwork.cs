using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Building;

/// <summary>What one evaluation found.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Correctness">Which examples are right; null when an earlier version measured it.</param>
/// <param name="Networks">How many voted.</param>
internal sealed record MeasuredNetwork(EvaluationReport Report, CorrectnessReport? Correctness, int Networks);
