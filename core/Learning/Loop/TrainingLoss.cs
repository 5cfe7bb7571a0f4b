using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>
/// Cross entropy, with label smoothing (Szegedy et al. 2016, arXiv 1512.00567) against (1 − ε)·label + ε/K for K classes; of examples mixed
/// in pairs λ·loss(label) + (1 − λ)·loss(partner's label).
/// </summary>
internal sealed class TrainingLoss(double labelSmoothing, string precision)
{
    /// <summary>The mean loss of a batch, ready for its backward pass.</summary>
    public torch.Tensor Of(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor inputs, torch.Tensor labels, Mixture? mixture)
    {
        if (mixture is null)
            return CrossEntropy(Predict(network, inputs), labels);
        var partners = torch.tensor(mixture.Partners);
        var logits = Predict(network, Mix(inputs, partners, mixture.Share));
        using var own = mixture.Share.ToScalar();
        using var other = (1 - mixture.Share).ToScalar();
        return CrossEntropy(logits, labels).mul(own).add(CrossEntropy(logits, labels.index_select(0, partners)), other);
    }

    private torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor inputs)
    {
        using var autocast = Autocast.Begin(precision);
        return Autocast.ToSingle(Logits.Of(network, inputs));
    }

    private torch.Tensor CrossEntropy(torch.Tensor logits, torch.Tensor labels) =>
        torch.nn.functional.cross_entropy(logits, labels, label_smoothing: labelSmoothing);

    private static torch.Tensor Mix(torch.Tensor inputs, torch.Tensor partners, double share)
    {
        var weight = torch.tensor(new[] { (float)(1 - share) });
        return inputs.lerp(inputs.index_select(0, partners), weight);
    }
}
