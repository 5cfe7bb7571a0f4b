using SparsePipeline.Learning.Loop.Averaging;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>All tensors a training goes on from.</summary>
internal sealed record TrainingState(torch.nn.Module Network, IOptimizer Optimizer, WeightAverage? Average)
{
    private const string Weights = "weights/";

    /// <summary>By the name they have in resume points; the network's belong to the current dispose scope.</summary>
    public Dictionary<string, torch.Tensor> Tensors() => TiedWeights.Of(Network).Tensors
        .Select(t => KeyValuePair.Create(Weights + t.Key, t.Value))
        .Concat(Optimizer.State)
        .Concat(Average?.State ?? new Dictionary<string, torch.Tensor>())
        .ToDictionary();
}
