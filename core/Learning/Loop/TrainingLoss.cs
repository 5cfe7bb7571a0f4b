using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Tasks;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>The loss of the task, with the label smoothing of the training.</summary>
internal sealed class TrainingLoss(LearningTask task, double labelSmoothing, string precision)
{
    /// <summary>What the network says of a batch, in single precision whatever the training's.</summary>
    public torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, Batch batch)
    {
        using var autocast = Autocast.Begin(precision);
        return Autocast.ToSingle(task.Predict(network, batch));
    }

    /// <summary>The mean loss of a batch, ready for its backward pass.</summary>
    public torch.Tensor Of(torch.Tensor outputs, Batch batch) => task.Loss(outputs, batch, labelSmoothing);
}
