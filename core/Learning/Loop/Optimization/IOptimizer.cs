using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>
/// Turns gradients into updates. A fresh one carries nothing over from an earlier training, sets pruned weights to zero and keeps them at
/// exactly +0. Numbers go to the library as scalars that are kept alive: see <see cref="Models.KeptScalars"/>.
/// </summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>Everything an update depends on besides weights, gradients and rate, by the name it has in resume points.</summary>
    IReadOnlyDictionary<string, torch.Tensor> State { get; }

    /// <summary>One update from the gradients there are, which are dropped afterwards. Call it inside the step's dispose scope.</summary>
    void Step(double learningRate);
}
