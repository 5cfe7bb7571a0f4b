namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Widest vectors a kernel may use.</summary>
/// <remarks>
/// <para>No result of the kernels of this namespace depends on it, and neither does a transposition: tests run every width and compare bits. So masks, means, distances and checks are the same on every
/// processor.</para>
/// <para>Products with sparse weights (<see cref="Inference.SparseLinear"/>, <see cref="Inference.SparseConvolution"/>) do depend on it: wider vectors add in another order and fuse
/// multiplication with addition, so outputs differ in their last bits, and agree with a dense product to 10⁻⁴ for numbers of size 1. They are timed and compared, and no step stores what they give.</para>
/// </remarks>
internal enum VectorWidth
{
    Portable = 0,
    Bits256 = 256,
    Bits512 = 512,

    /// <summary>Whatever the processor has.</summary>
    Widest = int.MaxValue,
}
