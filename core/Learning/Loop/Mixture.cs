using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>How the examples of one batch are mixed: x ← λ·x + (1 − λ)·partner, and losses alike.</summary>
/// <param name="Share">λ, in [0, 1].</param>
/// <param name="Partners">Position of every example's partner in the batch: a permutation.</param>
internal sealed record Mixture(double Share, long[] Partners)
{
    /// <summary>Inputs mixed with those of their partners.</summary>
    public torch.Tensor Mix(torch.Tensor inputs)
    {
        var weight = torch.tensor(new[] { (float)(1 - Share) }, device: inputs.device);
        return inputs.lerp(PartnersOf(inputs), weight);
    }

    /// <summary>λ·loss(label) + (1 − λ)·loss(partner's label).</summary>
    public torch.Tensor Mix(torch.Tensor own, torch.Tensor partner)
    {
        using var share = Share.ToScalar();
        using var other = (1 - Share).ToScalar();
        return own.mul(share).add(partner, other);
    }

    /// <summary>The same of every example's partner.</summary>
    public torch.Tensor PartnersOf(torch.Tensor examples) => examples.index_select(0, torch.tensor(Partners, device: examples.device));
}
