using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using TorchSharp;

namespace SparsePipeline.Learning.Models.TorchScript;

/// <summary>Holds the tensors of a script against the rule for files: what it trains is pruned and averaged tensor by tensor.</summary>
internal static class ScriptKind
{
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.WrongKind"/>: its weights are computed from others, as by weight norm or adapters, so that the run would stop at the cut.
    /// </exception>
    public static void Ensure(IReadOnlyDictionary<string, torch.Tensor> tensors) =>
        CheckpointKinds.EnsureUsable("Model torchscript", tensors.Select(t => WeightTransfer.Describe(t.Key, t.Value)), CheckpointUse.Average);
}
