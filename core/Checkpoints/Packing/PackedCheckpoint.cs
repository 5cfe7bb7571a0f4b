using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// The packed form of a sparse checkpoint: one bit per prunable weight and the values that are kept, lossless both ways, for F32, F16,
/// BF16 and F64. A zero that is not stored comes back as +0, whatever its sign was.
/// </summary>
/// <remarks>
/// The layout is <c>sparse-bitmask</c> of compressed-tensors (Neural Magic, 2024) in a safetensors file: per tensor a U8 bitmask of
/// rows padded to bytes (bit j % 8 of byte j / 8 for column j), the kept values in flat order, and the shape. We deviate in two points so
/// that the size stays at 1 bit per weight plus values, header, and at most one byte per row: <c>row_offsets</c> is there but empty
/// (no reader uses it, and it would cost 8 bytes per row), and tensors of rank above 2 are packed as [first dimension, all others]
/// instead of along the last dimension only (2.7 bits per weight for a 3×3 kernel). Linear layers are identical. What that library writes is read in
/// all its forms: values and shape as [n] or [n, 1], values of 2:4 layers as [rows, columns / 2], and the whole names of its first versions.
/// </remarks>
public static class PackedCheckpoint
{
    /// <summary>Packs a checkpoint, streaming.</summary>
    /// <param name="source">The checkpoint. Tensors of the mask, or without a mask the prunable ones, are packed; others stay as they
    /// are.</param>
    /// <param name="path">File to create or replace.</param>
    /// <param name="mask">Bits to store. Without it, those of all elements that are not zero.</param>
    /// <param name="maskElsewhere">Leave the bits out: many checkpoints of a cycle share one stored mask. Needs a mask; unpacking needs the
    /// same.</param>
    /// <param name="origin">Metadata to add: where the checkpoint comes from (<see cref="CheckpointOrigin"/>).</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: the mask does not fit, or prunes an element that is
    /// not zero;
    /// <see cref="FailureCodes.InvalidOption"/>: the source is packed already.</exception>
    public static void Pack(StateDict source, string path, SparsityMask? mask = null, bool maskElsewhere = false, IReadOnlyDictionary<string, string>? origin = null)
    {
        if (maskElsewhere && mask is null)
            throw new ArgumentNullException(nameof(mask), "Leaving the bits out needs the mask that is stored elsewhere.");
        var packed = PackPlan.Of(source, mask);
        var metadata = CheckpointOrigin.Add(PackedMetadata.Of(source, packed, mask), origin);
        using var writer = StateDictWriter.Create(path, Layout(source, packed, !maskElsewhere), metadata);
        var packer = new TensorPacker(source, writer, !maskElsewhere);
        foreach (var tensor in packed)
            packer.Pack(tensor, mask?.Find(tensor.Dense.Name));
        foreach (var tensor in Dense(source, packed))
            TensorCopy.Run(source, writer, tensor);
        writer.Complete();
    }

    /// <summary>Bytes of the file that <see cref="Pack"/> writes without a mask; reads the checkpoint once.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the source is packed already.</exception>
    public static long SizeOf(StateDict source)
    {
        var packed = PackPlan.Of(source, mask: null);
        return StateDictWriter.SizeOf(Layout(source, packed, withBitmask: true), PackedMetadata.Of(source, packed, mask: null));
    }

    /// <summary>Restores the checkpoint, streaming: the same tensors, bits and metadata.</summary>
    /// <param name="packedPath">A packed file, of ours or of compressed-tensors.</param>
    /// <param name="path">File to create or replace.</param>
    /// <param name="mask">The mask that was stored elsewhere; not needed otherwise.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>, or <see cref="FailureCodes.MaskMismatch"/>: the bits
    /// are elsewhere and the mask given is not the one.</exception>
    public static void Unpack(string packedPath, string path, SparsityMask? mask = null)
    {
        using var packed = PackedFile.Open(packedPath);
        PackedMaskFit.Ensure(packed, mask);
        using var writer = StateDictWriter.Create(path, [.. packed.Structure], PackedMetadata.Original(packed.File));
        var unpacker = new TensorUnpacker(packed, writer);
        foreach (var tensor in packed.Tensors)
            unpacker.Unpack(tensor, packed.HasBitmask(tensor) ? null : mask!.Find(tensor.Dense.Name));
        foreach (var tensor in packed.Dense)
            TensorCopy.Run(packed.File, writer, tensor);
        writer.Complete();
    }

    /// <summary>Whether the file is packed by us, or by compressed-tensors.</summary>
    public static bool IsPacked(StateDict file) => CheckpointKinds.Of(file).Kind == CheckpointKind.Packed;

    private static List<TensorInfo> Layout(StateDict source, IReadOnlyList<PackedTensor> packed, bool withBitmask) =>
        [.. Dense(source, packed), .. packed.SelectMany(p => p.Parts(withBitmask))];

    private static IEnumerable<TensorInfo> Dense(StateDict source, IEnumerable<PackedTensor> packed) =>
        source.Tensors.ExceptBy(packed.Select(p => p.Dense.Name), t => t.Name);
}
