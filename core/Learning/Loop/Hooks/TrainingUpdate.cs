using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>One update, as hooks see it after its backward pass.</summary>
/// <param name="at">Which one.</param>
/// <param name="learningRate">Its learning rate.</param>
/// <param name="batch">Its examples.</param>
/// <param name="backward">Forward and backward pass over the batch.</param>
internal sealed class TrainingUpdate(TrainingPosition at, double learningRate, Batch batch, Action backward)
{
    public TrainingPosition At => at;

    /// <summary>Whether an effect may end the training when the epoch of this update is over, which nobody knows before.</summary>
    public bool MayEnd { get; internal set; }

    public double LearningRate => learningRate;

    public Batch Batch => batch;

    /// <summary>
    /// Passes the batch through the network once more, forward and backward, with its weights as they are now. The gradients are added to those
    /// that are there: drop those first where they are not wanted.
    /// </summary>
    public void Backward()
    {
        using var on = torch.enable_grad();
        backward();
    }
}
