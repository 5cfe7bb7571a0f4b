namespace SparsePipeline.Contracts;

/// <summary>How far a cut moved the outputs of one layer on the sample its statistics come from.</summary>
/// <param name="Name">Name of the weights.</param>
/// <param name="Relative">‖X(W − Ŵ)ᵀ‖² / ‖XWᵀ‖², 0 for none.</param>
public sealed record LayerError(string Name, double Relative);
