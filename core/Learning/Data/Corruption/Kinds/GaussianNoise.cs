namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Adds independent normal noise to every value.</summary>
internal sealed class GaussianNoise() : CorruptionBase(
    Name,
    "Gaussian noise",
    "Use it for sensors in bad light",
    "standard deviation of what is added, of full scale",
    [0.06, 0.12, 0.18, 0.26, 0.36])
{
    public const string Name = "gaussian-noise";

    protected override Picture Apply(Picture picture, double level, SeededRandom random) =>
        picture.Map(v => v + level * random.NextNormal());
}
