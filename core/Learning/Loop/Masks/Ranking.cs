using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Masks;

/// <summary>Chooses exact numbers of weights by their scores; of equal ones those with the lower flat index. Results belong to the current dispose scope.</summary>
internal static class Ranking
{
    /// <summary>1 at the <paramref name="count"/> places with the largest scores, 0 elsewhere, in the shape of the scores.</summary>
    public static torch.Tensor Largest(torch.Tensor scores, long count)
    {
        var (_, order) = torch.sort(scores.flatten(), 0, true, true);
        return torch.zeros(scores.numel(), device: scores.device).index_fill_(0, order.narrow(0, 0, count), KeptScalars.One).view(scores.shape);
    }

    /// <summary>The scores, and below all of them where they do not count. Scores are not negative.</summary>
    public static torch.Tensor Where(torch.Tensor scores, torch.Tensor counts) => torch.where(counts, scores, torch.full_like(scores, KeptScalars.MinusOne));
}
