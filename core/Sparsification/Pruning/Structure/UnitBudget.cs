using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Raises the share of every group to the units that stay in any case; the others give it in proportion to what they have above theirs.</summary>
internal static class UnitBudget
{
    /// <param name="structure">Whose units they are.</param>
    /// <param name="tensors">All tensors of the cut.</param>
    /// <param name="groups">As the allocation made them.</param>
    /// <param name="certain">Weights of each tensor that stay in any case.</param>
    /// <returns>The groups, together with as many weights to keep as before.</returns>
    /// <exception cref="DomainException"><see cref="FailureCodes.UnreachableSparsity"/>: more weights stay in any case.</exception>
    public static IReadOnlyList<CutGroup> Fit(
        IStructure structure, IReadOnlyList<PrunableTensor> tensors, IReadOnlyList<CutGroup> groups, IReadOnlyList<long> certain)
    {
        var floors = groups.Select(g => g.Tensors.Sum(t => certain[t])).ToList();
        var keep = groups.Sum(g => g.Kept);
        if (floors.Sum() > keep)
            throw TooFew(structure, tensors, keep, floors.Sum());
        var shares = Apportionment.Split(
            keep - floors.Sum(),
            [.. groups.Select((g, i) => (double)Math.Max(0, g.Kept - floors[i]))],
            [.. groups.Select((g, i) => g.Tensors.Sum(t => tensors[t].Remaining) - floors[i])]);
        return [.. groups.Select((g, i) => g with { Kept = floors[i] + shares[i] })];
    }

    private static DomainException TooFew(IStructure structure, IReadOnlyList<PrunableTensor> tensors, long keep, long certain)
    {
        var total = tensors.Sum(t => t.Total);
        return new DomainException(
            FailureCodes.UnreachableSparsity,
            $"The cut keeps {keep} of {total} prunable weights, but the structure '{structure.Info.Name}' leaves every layer its best unit"
            + $"{(tensors.FirstOrDefault(t => t.IsOutput) is { } output && structure is RowStructure ? $" and '{output.Name}', the last layer, all its rows" : "")}: {certain} weights.",
            $"Ask for at most {1 - ((double)certain / total):R}, exclude layers, or use the structure '{UnstructuredStructure.Name}'.");
    }
}
