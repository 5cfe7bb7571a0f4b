using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Puts the figures of a cut together.</summary>
internal static class CutReport
{
    public static PruneReport Of(StateDict source, SparsityMask mask, PlannedCut cut, double sparsity, CutNorms norms) => new()
    {
        StructureDigest = source.StructureDigest,
        MaskDigest = mask.Digest,
        Sparsity = mask.Sparsity,
        TargetSparsity = cut.Slack > 0 ? sparsity : null,
        GlobalSparsity = (double)(mask.Total - mask.Kept) / source.Tensors.Where(Parameters.Includes).Sum(t => t.Count),
        PrunedFraction = (double)(cut.Remaining - mask.Kept) / cut.Remaining,
        NormDrop = norms.Drop,
        Layers = [.. mask.Tensors.Select(t => new LayerDensity(t.Name, t.Kept, t.Count))],
        Warnings = [.. Alarms(mask, cut), .. Spared(cut)],
    };

    private static IEnumerable<string> Spared(PlannedCut cut) => cut.Structure is RowStructure
        ? cut.Tensors.Where(t => t.IsOutput).Select(t => $"Layer '{t.Name}' is taken for the last one by its name, and keeps all its rows.")
        : [];

    private static IEnumerable<string> Alarms(SparsityMask mask, PlannedCut cut) => mask.Tensors
        .Select((t, i) => CollapseAlarm.Of(CheckpointCompression.Of(t), cut.Tensors[i].IsOutput)).OfType<string>();
}
