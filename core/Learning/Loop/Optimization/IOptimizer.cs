using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>
/// Turns gradients into updates. A fresh one carries nothing over from an earlier training and keeps pruned weights at exactly +0; what is
/// pruned, the shared masks say at every update. Numbers go to the library as scalars that are kept alive: see <see cref="Models.KeptScalars"/>.
/// </summary>
internal interface IOptimizer : IDisposable
{
    /// <summary>Everything an update depends on besides weights, gradients and rate, by the name it has in resume points.</summary>
    IReadOnlyDictionary<string, torch.Tensor> State { get; }

    /// <summary>One update from the gradients there are, which are dropped afterwards. Call it inside the step's dispose scope.</summary>
    void Step(double learningRate);

    /// <summary>Forgets what earlier gradients of some weights were.</summary>
    /// <param name="parameter">The name it is written under.</param>
    /// <param name="where">Truth values of its shape.</param>
    void Reset(string parameter, torch.Tensor where);

    /// <summary>
    /// The average of a parameter's gradients that the next update goes by, in its shape, scaled as the optimiser scales it; of pruned weights
    /// only where <see cref="Masks.TrainingMasks.FeedMoments"/> is set. It belongs to the current dispose scope.
    /// </summary>
    torch.Tensor Direction(string parameter);
}
