using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Holds the statistics there are against those a pruner needs.</summary>
internal static class CutStatistics
{
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: some are missing, of all tensors by name; <see cref="FailureCodes.ShapeMismatch"/>: they are of another network.</exception>
    public static void Ensure(IPruner pruner, IReadOnlyList<PrunableTensor> tensors, ILayerStatisticsSource? statistics)
    {
        if (!pruner.Info.Needs.HasFlag(MethodNeeds.Statistics))
            return;
        if (statistics is null)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The pruner '{pruner.Info.Name}' goes by statistics of layer inputs, and there are none.",
                "Use it in a recipe, whose run collects them on a sample of the training data; or collect them with 'sparsepipe statistics' and give them to 'prune --statistics'; or use another pruner.");
        var missing = tensors.Where(t => !statistics.Has(t.Name)).Select(t => t.Name).ToList();
        if (missing.Count > 0)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"No statistics were collected for {NameList.Quoted(missing)}: only inputs of linear layers and ungrouped convolutions are looked at.",
                $"Exclude {(missing.Count == 1 ? "it" : "them")}, or use another pruner.");
        foreach (var tensor in tensors)
            EnsureFit(pruner, tensor, statistics);
    }

    private static void EnsureFit(IPruner pruner, PrunableTensor tensor, ILayerStatisticsSource statistics)
    {
        var inputs = statistics.Find(tensor.Name, products: false)!.Inputs;
        if (tensor.Total != tensor.Shape[0] * inputs)
            throw new DomainException(
                FailureCodes.ShapeMismatch,
                $"The statistics of '{tensor.Name}' are of {inputs} inputs, and it is [{string.Join(", ", tensor.Shape)}].",
                "Collect them on the network that is pruned.");
        if (pruner.Info.Needs.HasFlag(MethodNeeds.InputProducts) && !statistics.HasProducts(tensor.Name))
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"The pruner '{pruner.Info.Name}' goes by products of layer inputs, and the statistics of '{tensor.Name}' have none.",
                "Collect them with --products, or leave it to a recipe's run.");
    }
}
