using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Predictions row by row, one row per label of <see cref="Data.BatchReader"/>.</summary>
internal static class Logits
{
    /// <summary>[n, classes] of networks that predict once per example, [n · positions, classes] of those that do so at every position.</summary>
    public static torch.Tensor Of(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor inputs)
    {
        var logits = network.call(inputs);
        return logits.dim() == 3 ? logits.flatten(0, 1) : logits;
    }
}
