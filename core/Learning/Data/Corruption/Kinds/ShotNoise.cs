namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Counts photons: every value becomes a Poisson number of its own mean, so that bright places are noisier.</summary>
/// <remarks>One uniform number per value, turned into a count by inverting the distribution function.</remarks>
internal sealed class ShotNoise() : CorruptionBase(
    Name,
    "Shot noise",
    "Use it for few photons",
    "photons per pixel at full scale",
    [60, 25, 12, 6, 3])
{
    public const string Name = "shot-noise";

    protected override Picture Apply(Picture picture, double level, SeededRandom random) =>
        picture.Map(v => Count(v * level, random.NextUnit()) / level);

    private static int Count(double mean, double uniform)
    {
        var probability = Math.Exp(-mean);
        var below = probability;
        var count = 0;
        while (uniform > below && probability > 0)
        {
            count++;
            probability *= mean / count;
            below += probability;
        }
        return count;
    }
}
