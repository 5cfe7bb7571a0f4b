namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Widest vectors a kernel may use. The result never depends on it; tests run all of them to show that.</summary>
internal enum VectorWidth
{
    Portable = 0,
    Bits256 = 256,
    Bits512 = 512,

    /// <summary>Whatever the processor has.</summary>
    Widest = int.MaxValue,
}
