using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages sparse checkpoints that share no mask, without a model or a recipe, and gives the average a mask made of theirs.</summary>
/// <remarks>The mask of a checkpoint is where it is not zero.</remarks>
public static class PolicyMerge
{
    /// <summary>Writes the average under the mask that the policy makes, and the mask.</summary>
    /// <param name="candidates">safetensors files of one structure.</param>
    /// <param name="policy">A registered mask policy.</param>
    /// <param name="rule">
    /// Which tensors the masks cover and, for <see cref="RePrunePolicy.Name"/>, what the average is cut by.
    /// </param>
    /// <param name="outputCheckpoint">Gets the average.</param>
    /// <param name="outputMask">Gets its mask.</param>
    /// <param name="weights">λ ≥ 0 adding up to 1, one per candidate; null for 1/n each.</param>
    /// <exception cref="DomainException">What averaging and cutting refuse, and <see cref="FailureCodes.UnknownMethod"/>.</exception>
    public static SparsityMask Run(
        IReadOnlyList<string> candidates, string policy, PruneRequest rule, string outputCheckpoint, string outputMask, IReadOnlyList<double>? weights = null) =>
        Run(candidates, policy, rule, outputCheckpoint, outputMask, weights, type: null);

    /// <summary>As the other, into files like a candidate's own or into another type, in which case candidates may differ in theirs.</summary>
    /// <inheritdoc cref="Run(IReadOnlyList{string}, string, PruneRequest, string, string, IReadOnlyList{double}?)"/>
    public static SparsityMask Run(
        IReadOnlyList<string> candidates, string policy, PruneRequest rule, CheckpointTarget outputCheckpoint, string outputMask, IReadOnlyList<double>? weights = null)
    {
        if (outputCheckpoint is { Like: null, Type: null })
            return Run(candidates, policy, rule, outputCheckpoint.Path, outputMask, weights);
        var masked = TemporaryName.Beside(Path.Combine(outputCheckpoint.Folder, Path.GetFileName(outputCheckpoint.Path)));
        try
        {
            var mask = Run(candidates, policy, rule, masked, outputMask, weights, outputCheckpoint.Type);
            using var state = StateDict.Open(masked);
            CheckpointCopy.Write(state, outputCheckpoint, mask);
            return mask;
        }
        finally
        {
            File.Delete(masked);
        }
    }

    private static SparsityMask Run(
        IReadOnlyList<string> candidates, string policy, PruneRequest rule, string outputCheckpoint, string outputMask, IReadOnlyList<double>? weights, TensorType? type)
    {
        var method = MaskPolicies.Registry.Find(policy);
        if (weights is not null)
            SoupWeights.Check(weights, candidates.Count);
        using var set = CandidateSet.Open(candidates, null, Path.GetDirectoryName(Path.GetFullPath(outputCheckpoint)), anyType: type is not null);
        SelectionCheck.Ensure(set.Tensors, rule.Tensors);
        List<SparsityMask> masks = [.. set.States.Select(s => ZeroMask.Of(s, rule.Tensors))];
        var average = new CheckpointTarget(TemporaryName.Beside(outputCheckpoint)) { Type = Wide(set, type) };
        try
        {
            new Merger(set, Environment.ProcessorCount).Write([.. Enumerable.Range(0, candidates.Count)], weights, average);
            using var state = StateDict.Open(average.Path);
            var mask = method.Apply(state, masks, rule, outputCheckpoint);
            mask.Save(outputMask);
            return mask;
        }
        finally
        {
            File.Delete(average.Path);
        }
    }

    /// <summary>Where a type changes the average stays wide until it is masked: a narrower type on the way would round it, and refuse large means.</summary>
    private static TensorType? Wide(CandidateSet set, TensorType? type) =>
        type is not null && set.States.Any(s => s.Tensors.Any(t => t.IsFloat && t.Type != type)) ? TensorType.F64 : null;
}
