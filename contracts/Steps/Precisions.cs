namespace SparsePipeline.Contracts;

/// <summary>Number formats that convolutions and linear layers of a training compute in.</summary>
public static class Precisions
{
    /// <summary>IEEE single precision throughout.</summary>
    public const string Float32 = "float32";

    /// <summary>
    /// Mixed precision: convolutions and linear layers in bfloat16, which has the range of single precision and 8 significant bits instead
    /// of 24. Weights, gradients, the optimiser's state, statistics and losses stay in single precision.
    /// </summary>
    public const string Bfloat16 = "bfloat16";

    public static IReadOnlyList<string> All { get; } = [Float32, Bfloat16];
}
