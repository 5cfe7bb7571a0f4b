namespace SparsePipeline.Checkpoints;

/// <summary>One tensor of an inspected checkpoint.</summary>
/// <param name="Name">Name in the state dict.</param>
/// <param name="Type">Element type as the file spells it.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="NonZero">Elements that are not zero (−0 is zero); null where they cannot be counted: types of less than a byte, and unknown ones.</param>
/// <param name="Prunable">Whether pruning would touch it by default.</param>
/// <param name="SizeBytes">Bytes of the dense tensor.</param>
public sealed record TensorSummary(string Name, string Type, IReadOnlyList<long> Shape, long Count, long? NonZero, bool Prunable, long SizeBytes)
{
    /// <summary>What a matrix or kernel is that pruning would not touch; null for all other tensors.</summary>
    public string? LeftOutAs { get; init; }

    /// <summary>Fraction of zeros, in [0, 1]; null where they cannot be counted.</summary>
    public double? Sparsity => Count == 0 ? 0 : 1 - ((double?)NonZero / Count);
}
