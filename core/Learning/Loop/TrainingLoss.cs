using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>Cross entropy, with label smoothing (Szegedy et al. 2016, arXiv 1512.00567) against (1 − ε)·label + ε/K for K classes.</summary>
internal sealed class TrainingLoss(double labelSmoothing, string precision)
{
    /// <summary>What the network says of inputs, in single precision whatever the training's.</summary>
    public torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor inputs)
    {
        using var autocast = Autocast.Begin(precision);
        return Autocast.ToSingle(Logits.Of(network, inputs));
    }

    /// <summary>The mean loss of a batch, ready for its backward pass.</summary>
    public torch.Tensor Of(torch.Tensor outputs, torch.Tensor labels) =>
        torch.nn.functional.cross_entropy(outputs, labels, label_smoothing: labelSmoothing);
}
