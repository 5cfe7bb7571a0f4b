namespace SparsePipeline.Checkpoints;

/// <summary>Gradients of a loss with respect to one parameter, of examples one by one.</summary>
/// <param name="Tensor">Name of the parameter.</param>
/// <param name="Count">N: examples.</param>
/// <param name="Sums">Σg, one per weight, by flat index.</param>
/// <param name="Squares">Σg², one per weight; over N the diagonal of the empirical Fisher matrix, where the loss is −log p(y|x).</param>
public sealed record ParameterGradients(string Tensor, long Count, double[] Sums, double[] Squares);
