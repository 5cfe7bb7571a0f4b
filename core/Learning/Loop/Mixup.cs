using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop;

/// <summary>
/// Mixup (Zhang, Cisse, Dauphin, Lopez-Paz: mixup, ICLR 2018, arXiv 1710.09412) with the random numbers of one epoch: one λ from
/// Beta(α, α) and one permutation per batch, as the authors' code draws them.
/// </summary>
internal sealed class Mixup
{
    private readonly double _alpha;
    private readonly SeededRandom _random;

    private Mixup(double alpha, long seed) => (_alpha, _random) = (alpha, new SeededRandom(seed));

    /// <summary>The mixtures of an epoch, from (seed, epoch) alone; null for trainings that do not mix.</summary>
    public static Mixup? ForEpoch(TrainSpec spec, int epoch) =>
        spec.Mixup > 0 ? new Mixup(spec.Mixup, SeedDerivation.Derive(spec.Seed, "mixup", epoch)) : null;

    /// <summary>The next batch's mixture.</summary>
    public Mixture Next(int examples)
    {
        var share = BetaDistribution.Draw(_alpha, _random);
        var partners = new long[examples];
        for (var i = 0; i < examples; i++)
            partners[i] = i;
        _random.Shuffle<long>(partners);
        return new Mixture(share, partners);
    }
}
