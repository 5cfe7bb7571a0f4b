namespace SparsePipeline.Checkpoints;

/// <summary>The validated header of one safetensors file: what is in it and where.</summary>
/// <param name="Tensors">Tensors and the offset of their first byte from the start of the file, in ordinal name order.</param>
/// <param name="Metadata">The strings of <c>__metadata__</c>.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<PlacedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Longest header the reference implementation accepts.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>Bytes before the header: its length as a little-endian 64-bit number.</summary>
    public const int PrefixLength = 8;
}
