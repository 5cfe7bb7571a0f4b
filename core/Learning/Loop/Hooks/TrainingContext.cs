using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Loop.Transforms;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>The training a hook acts on, before its first update.</summary>
internal sealed record TrainingContext
{
    public required TrainSpec Spec { get; init; }

    /// <summary>The network with its start weights, on the device it is trained on.</summary>
    public required torch.nn.Module<torch.Tensor, torch.Tensor> Network { get; init; }

    /// <summary>All parameters, and which of their weights are kept.</summary>
    public required TrainingMasks Masks { get; init; }

    public required IOptimizer Optimizer { get; init; }

    /// <summary>All splits; the validation split is there to be looked at, the test split is not.</summary>
    public required DataSplits Data { get; init; }

    /// <summary>The loss of outputs against labels, with label smoothing.</summary>
    public required TrainingLoss Loss { get; init; }

    /// <summary>Makes weights of what is trained in their place; null where the weights are trained.</summary>
    public TransformEffect? Transform { get; init; }

    /// <summary>The last update.</summary>
    public required TrainingPosition End { get; init; }
}
