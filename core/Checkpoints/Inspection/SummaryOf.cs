namespace SparsePipeline.Checkpoints;

/// <summary>Summaries of masks, packed files and all others.</summary>
internal static class SummaryOf
{
    public static CheckpointSummary StateDict(StateDict file, KindFinding found)
    {
        using var digest = new MaskDigest();
        var tensors = file.Tensors.Select(t => Summary(file, t, PrunableTensors.IsPrunable(t) ? digest : null)).ToList();
        return Of(file, found, tensors, file.StructureDigest, digest.Finish());
    }

    public static CheckpointSummary Packed(StateDict file, KindFinding found)
    {
        using var packed = PackedFile.Open(file.Path);
        var dense = packed.Dense.Select(t => Summary(file, t, null));
        var sparse = packed.Tensors.Select(t => Summary(t.Dense, prunable: true, ZeroPattern.Scan(file, file.Find(t.Compressed)!, null)));
        var tensors = dense.Concat(sparse).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        return Of(file, found, tensors, StructureDigest.Of(packed.Structure), PackedCheck.MaskDigestOf(packed)) with { Packs = Inside(packed) };
    }

    public static CheckpointSummary Mask(StateDict file, KindFinding found)
    {
        var mask = SparsityMask.Load(file.Path);
        var tensors = mask.Tensors.Select(t => new TensorSummary(t.Name, "bit", t.Shape, t.Count, t.Kept, Prunable: true, (t.Count + 7) / 8)).ToList();
        return Of(file, found, tensors, mask.StructureDigest, mask.Digest);
    }

    private static string? Inside(PackedFile packed) =>
        CheckpointKinds.OfTensors(packed.Structure).Kind is var kind and not CheckpointKind.StateDict ? CheckpointKinds.Name(kind) : null;

    private static TensorSummary Summary(StateDict file, TensorInfo tensor, MaskDigest? digest) =>
        Summary(tensor, digest is not null, ZeroPattern.Count(file, tensor, digest));

    private static TensorSummary Summary(TensorInfo tensor, bool prunable, long? nonZero) =>
        new(tensor.Name, tensor.TypeName, tensor.Shape, tensor.Count, nonZero, prunable, tensor.ByteLength)
        {
            LeftOutAs = !prunable && PrunableTensors.IsMatrix(tensor) ? TensorRoleNames.Of(RoleByName.Of(tensor)) : null,
        };

    private static CheckpointSummary Of(
        StateDict file, KindFinding found, IReadOnlyList<TensorSummary> tensors, string structureDigest, string? maskDigest)
    {
        return new CheckpointSummary
        {
            Kind = CheckpointKinds.Name(found.Kind),
            Evidence = found.Evidence,
            SizeBytes = file.Files.Sum(f => FileSize.Of(f)),
            ContentDigest = file.Files is [var only] ? ContentDigest.OfFile(only) : null,
            StructureDigest = structureDigest,
            MaskDigest = maskDigest,
            Tensors = tensors,
            Shards = file.Files.Count,
            Metadata = file.Metadata,
        };
    }
}
