namespace SparsePipeline.Checkpoints;

/// <summary>Summaries of the three kinds of files.</summary>
internal static class SummaryOf
{
    public static CheckpointSummary StateDict(StateDict file)
    {
        using var digest = new MaskDigest();
        var tensors = file.Tensors.Select(t => Summary(file, t, PrunableTensors.IsPrunable(t) ? digest : null)).ToList();
        return Of(file, FileKind.StateDict, tensors, file.StructureDigest, digest.Finish());
    }

    public static CheckpointSummary Packed(StateDict file)
    {
        using var packed = PackedFile.Open(file.Path);
        var dense = packed.Dense.Select(t => Summary(file, t, null));
        var sparse = packed.Tensors.Select(t => Summary(t.Dense, prunable: true, ZeroPattern.Scan(file, file.Find(t.Compressed)!, null)));
        var tensors = dense.Concat(sparse).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        return Of(file, FileKind.Packed, tensors, StructureDigest.Of(packed.Structure), PackedCheck.MaskDigestOf(packed));
    }

    public static CheckpointSummary Mask(StateDict file)
    {
        var mask = SparsityMask.Load(file.Path);
        var tensors = mask.Tensors.Select(t => new TensorSummary(t.Name, "bit", t.Shape, t.Count, t.Kept, Prunable: true)).ToList();
        return Of(file, FileKind.Mask, tensors, mask.StructureDigest, mask.Digest);
    }

    private static TensorSummary Summary(StateDict file, TensorInfo tensor, MaskDigest? digest) =>
        Summary(tensor, digest is not null, ZeroPattern.Scan(file, tensor, digest));

    private static TensorSummary Summary(TensorInfo tensor, bool prunable, long nonZero) =>
        new(tensor.Name, tensor.Type.HeaderName(), tensor.Shape, tensor.Count, nonZero, prunable);

    private static CheckpointSummary Of(
        StateDict file, string kind, IReadOnlyList<TensorSummary> tensors, string structureDigest, string? maskDigest)
    {
        return new CheckpointSummary
        {
            Kind = kind,
            SizeBytes = file.Files.Sum(f => new FileInfo(f).Length),
            ContentDigest = file.Files is [var only] ? ContentDigest.OfFile(only) : null,
            StructureDigest = structureDigest,
            MaskDigest = maskDigest,
            Tensors = tensors,
            Shards = file.Files.Count,
            Metadata = file.Metadata,
        };
    }
}
