using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Which weights are being scored.</summary>
/// <param name="Tensor">Name of the tensor.</param>
/// <param name="Start">Flat index of the first weight of the run.</param>
/// <param name="TensorSeed">Seed of this tensor: derived from the request's seed and the tensor's name.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ScoreContext(string Tensor, long Start, long TensorSeed);
