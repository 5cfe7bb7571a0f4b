namespace SparsePipeline.Checkpoints;

/// <summary>What a checkpoint, packed checkpoint or mask file holds.</summary>
public sealed record CheckpointSummary
{
    /// <summary>The name of its <see cref="CheckpointKind"/>: <c>state-dict</c>, <c>sparse-bitmask</c>, <c>mask</c>, <c>adapter</c>…</summary>
    public required string Kind { get; init; }

    /// <summary>What the kind was recognised by; null for a plain state dict.</summary>
    public required string? Evidence { get; init; }

    /// <summary>The kind of what is packed, where that is no plain state dict.</summary>
    public string? Packs { get; init; }

    /// <summary>Bytes of the file, or of all shards together.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>SHA-256 of the file's bytes; null for several shards, which have no bytes in common.</summary>
    public required string? ContentDigest { get; init; }

    /// <summary>SHA-256 over names, types and shapes.</summary>
    public required string StructureDigest { get; init; }

    /// <summary>
    /// Digest of the mask: of a mask file itself, of the bits a packed file stores, or of the mask that keeps exactly the non-zero
    /// prunable weights of a checkpoint, in which candidates of one zero pattern agree. Null when the bits are stored elsewhere.
    /// </summary>
    public required string? MaskDigest { get; init; }

    /// <summary>All tensors in ordinal name order; for a mask the masked ones, with kept as non-zero.</summary>
    public required IReadOnlyList<TensorSummary> Tensors { get; init; }

    /// <summary>Number of files.</summary>
    public required int Shards { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Tensors of the model that are one with another of the file, by its name, as the metadata says.</summary>
    public IReadOnlyDictionary<string, string> Tied => TiedTensors.Of(Metadata, Tensors.Select(t => t.Name).ToHashSet(StringComparer.Ordinal));

    /// <summary>Elements of all tensors of F32, F16, BF16 and F64.</summary>
    public long Parameters => Floats.Sum(t => t.Count);

    /// <summary>Those of them that are not zero.</summary>
    public long NonZero => Floats.Sum(t => t.NonZero ?? t.Count);

    public long PrunableParameters => Tensors.Where(t => t.Prunable).Sum(t => t.Count);

    public long PrunableNonZero => Tensors.Where(t => t.Prunable).Sum(t => t.NonZero ?? t.Count);

    /// <summary>Fraction of zeros among all parameters, in [0, 1].</summary>
    public double GlobalSparsity => Fraction(NonZero, Parameters);

    /// <summary>Fraction of zeros among prunable parameters, in [0, 1].</summary>
    public double PrunableSparsity => Fraction(PrunableNonZero, PrunableParameters);

    private IEnumerable<TensorSummary> Floats =>
        Tensors.Where(t => t.Prunable || TensorTypes.IsComputedWith(t.Type));

    private static double Fraction(long nonZero, long count) => count == 0 ? 0 : 1 - (double)nonZero / count;
}
