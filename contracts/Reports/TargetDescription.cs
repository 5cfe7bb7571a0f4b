namespace SparsePipeline.Contracts;

/// <summary>A real number that a network predicts: its output times <see cref="Deviation"/>, plus <see cref="Mean"/>.</summary>
/// <param name="Name">Of the column; null where the data names none.</param>
/// <param name="Mean">Of the training examples.</param>
/// <param name="Deviation">Likewise; 1 when all are equal.</param>
public sealed record TargetDescription(string? Name, double Mean, double Deviation);
