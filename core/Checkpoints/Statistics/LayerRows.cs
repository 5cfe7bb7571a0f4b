namespace SparsePipeline.Checkpoints;

/// <summary>A sample of what came into one layer, as it came.</summary>
/// <param name="Tensor">Name of the layer's weights.</param>
/// <param name="Inputs">Numbers in a row.</param>
/// <param name="Numbers">Row after row.</param>
/// <param name="Examples">For each row the number of the example it is of, in its split.</param>
public sealed record LayerRows(string Tensor, int Inputs, float[] Numbers, int[] Examples);
