using SparsePipeline.Contracts;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Transforms;

/// <summary>
/// A way to train something else in place of weights: adapters, factors, scores. The network keeps its layers and its weights stay leaves: before every
/// forward pass they are what the transform makes of what is trained, and their gradients are handed on to that. So it works for every network,
/// scripts too, and at the end the weights are plain ones again.
/// </summary>
internal interface INetworkTransform : IMethod
{
    /// <summary>What is trained in place of one prunable weight.</summary>
    /// <param name="weight">The weight a training starts from, with zeros where it is pruned; not to be changed.</param>
    /// <param name="seed">For what is drawn.</param>
    /// <param name="options">The transform's.</param>
    TransformedWeight Begin(torch.Tensor weight, long seed, OptionValues options);
}
