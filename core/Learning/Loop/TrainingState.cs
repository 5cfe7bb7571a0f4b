using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>All tensors a training goes on from.</summary>
internal sealed record TrainingState(torch.nn.Module Network, IOptimizer Optimizer, TrainingMasks Masks, TrainingEffects? Effects)
{
    private const string Weights = "weights/";

    /// <summary>By the name they have in resume points; the network's belong to the current dispose scope.</summary>
    public Dictionary<string, torch.Tensor> Tensors() => TiedWeights.Of(Network).Tensors
        .Select(t => KeyValuePair.Create(Weights + t.Key, t.Value))
        .Concat(Optimizer.State)
        .Concat(Masks.ResumeState)
        .Concat(Effects?.State ?? [])
        .ToDictionary();
}
