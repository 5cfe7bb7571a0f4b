namespace SparsePipeline.Learning.Metrics;

/// <summary>A linear layer or a two-dimensional convolution of a network, with a batch as it occurs inside.</summary>
public sealed record CapturedLayer
{
    /// <summary>Its name in the state dict.</summary>
    public required string Name { get; init; }

    /// <summary>[out, in], or [out, in / groups, kernel height, kernel width].</summary>
    public required IReadOnlyList<long> WeightShape { get; init; }

    /// <summary>Row-major.</summary>
    public required float[] Weights { get; init; }

    /// <summary>One number per output, or none.</summary>
    public required float[] Bias { get; init; }

    /// <summary>[…, in], or [batch, in, height, width].</summary>
    public required IReadOnlyList<long> InputShape { get; init; }

    /// <summary>What came in.</summary>
    public required float[] Inputs { get; init; }

    /// <summary>What came out.</summary>
    public required float[] Outputs { get; init; }

    /// <summary>Stride and zeros around the input of a convolution with a square kernel; null for a linear layer and for any other convolution.</summary>
    public (int Stride, int Padding)? Steps { get; init; }

    /// <summary>Computes it once more, dense, as the network does; only while it is being looked at.</summary>
    public required Action RunDense { get; init; }
}
