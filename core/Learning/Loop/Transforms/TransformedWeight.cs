using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Loop.Transforms;

/// <summary>One weight that follows from what is trained in its place.</summary>
/// <param name="trained">What is trained, by a name that is unique within the weight.</param>
/// <param name="effective">The weight, made of them by operations that can be differentiated; where the weight was +0 it stays +0 exactly.</param>
internal sealed class TransformedWeight(IReadOnlyDictionary<string, Parameter> trained, Func<torch.Tensor> effective)
{
    public IReadOnlyDictionary<string, Parameter> Trained => trained;

    /// <summary>The weight as it is now; it belongs to the current dispose scope.</summary>
    public torch.Tensor Effective() => effective();
}
