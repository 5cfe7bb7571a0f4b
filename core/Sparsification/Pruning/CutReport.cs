using System.Globalization;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Puts the figures of a cut together.</summary>
internal static class CutReport
{
    public static PruneReport Of(StateDict source, PruneRequest request, SparsityMask mask, PlannedCut cut, CutNorms norms) =>
        Of(source, request, mask, cut, norms, ZeroMask.KeptZeros(source, mask));

    private static PruneReport Of(StateDict source, PruneRequest request, SparsityMask mask, PlannedCut cut, CutNorms norms, long zeros) => new()
    {
        StructureDigest = source.StructureDigest,
        MaskDigest = mask.Digest,
        Sparsity = mask.Sparsity,
        TargetSparsity = cut.Slack > 0 ? cut.Tensors.Any(t => t.Kept is not null) ? 1 - ((double)cut.Keep / cut.Total) : request.Sparsity : null,
        GlobalSparsity = (double)(mask.Total - mask.Kept) / source.Tensors.Where(Parameters.Includes).Sum(t => t.Count),
        ZeroBesideMask = zeros > 0 ? zeros : null,
        PrunedFraction = (double)((request.KeptBefore ?? cut.Remaining) - mask.Kept) / (request.KeptBefore ?? cut.Remaining),
        NormDrop = norms.Drop,
        Layers = [.. mask.Tensors.Select(t => new LayerDensity(t.Name, t.Kept, t.Count))],
        Tied = TiedTensors.Of(source) is { Count: > 0 } tied ? tied : null,
        Warnings = [.. Unread(request), .. Alarms(mask, cut), .. Spared(request, cut), .. Beside(mask, zeros), .. LeftOut.Warnings(source, request.Tensors)],
    };

    private static IEnumerable<string> Unread(PruneRequest request) => request.Tensors.Unread is { } reason ? [reason] : [];

    private static IEnumerable<string> Spared(PruneRequest request, PlannedCut cut) => cut.Structure is RowStructure && request.Tensors.OutputLayer is null
        ? cut.Tensors.Where(t => t.IsOutput)
            .Select(t => $"Layer '{t.Name}' is taken for the last one by shapes and names, and keeps all its rows; name another as output layer, or none.")
        : [];

    /// <summary>A few weights happen to be zero; a hundredth of them has been pruned by somebody.</summary>
    private static IEnumerable<string> Beside(SparsityMask mask, long zeros) => zeros < 0.01 * mask.Total ? [] :
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"{zeros} weights that the mask keeps are zero already, so {100 * (double)(mask.Total - mask.Kept + zeros) / mask.Total:0.0} % are zero and {100 * mask.Sparsity:0.0} % are pruned; ")
        + "a training makes the others something else. Start from a mask made of the zeros to keep them.",
    ];

    private static IEnumerable<string> Alarms(SparsityMask mask, PlannedCut cut) =>
        from tensor in mask.Tensors.Zip(cut.Tensors)
        let layer = CheckpointCompression.Of(tensor.First)
        let alarm = CollapseAlarm.Of(layer, tensor.Second.IsOutput, () => CollapseRemedy.Of(cut, layer))
        where alarm is not null
        select alarm;
}
