using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>Holds a mask against the network it is to prune.</summary>
internal static class MaskCheck
{
    /// <exception cref="DomainException">The mask names tensors the network does not have, or has other shapes.</exception>
    public static void Run(torch.nn.Module network, SparsityMask mask)
    {
        var shapes = TiedWeights.Parameters(network).ToDictionary(p => p.Name, p => p.Parameter.shape);
        var problems = mask.Tensors
            .Where(t => !shapes.TryGetValue(t.Name, out var shape) || !t.Shape.AsSpan().SequenceEqual(shape))
            .Select(t => $"'{t.Name}' [{string.Join(", ", t.Shape)}]")
            .ToList();
        if (problems.Count > 0)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"The mask covers tensors the model does not have in that shape: {string.Join("; ", problems)}.",
                "Use the mask that was computed for this model.");
    }
}
