namespace SparsePipeline.Contracts;

/// <summary>Validation loss on the straight line (1−t)·a + t·b between two candidates.</summary>
/// <param name="From">Index of a.</param>
/// <param name="To">Index of b.</param>
/// <param name="Positions">t in [0, 1], ascending, with both ends.</param>
/// <param name="Losses">Validation loss in nats at each position.</param>
/// <param name="Barrier">max over t of loss(t) − ((1−t)·loss(0) + t·loss(1)), at least 0 (Frankle et al. 2020, linear mode connectivity).</param>
public sealed record LossLine(int From, int To, IReadOnlyList<double> Positions, IReadOnlyList<double> Losses, double Barrier);
