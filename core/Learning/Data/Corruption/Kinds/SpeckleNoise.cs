namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Multiplies every value by a normal number around 1.</summary>
internal sealed class SpeckleNoise() : CorruptionBase(
    Name,
    "Speckle noise",
    "Use it for noise that grows with the brightness",
    "standard deviation of the factor",
    [0.15, 0.3, 0.45, 0.6, 0.8])
{
    public const string Name = "speckle-noise";

    protected override Picture Apply(Picture picture, double level, SeededRandom random) =>
        picture.Map(v => v + level * v * random.NextNormal());
}
