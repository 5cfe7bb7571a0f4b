namespace SparsePipeline.Checkpoints;

/// <summary>What a file of statistics is to hold of one layer.</summary>
/// <param name="Tensor">Name of the layer's weights.</param>
/// <param name="Inputs">Columns of their matrix.</param>
/// <param name="Products">Whether XᵀX is among it.</param>
/// <param name="Rows">Inputs from the training split that are stored as they are.</param>
/// <param name="TestRows">The same from the test split.</param>
/// <param name="Outputs">Columns of XᵀY; 0 where it is not among it.</param>
public sealed record LayerPlan(string Tensor, int Inputs, bool Products, int Rows = 0, int TestRows = 0, int Outputs = 0);
