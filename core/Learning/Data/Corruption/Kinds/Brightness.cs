namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Adds the same to every value.</summary>
internal sealed class Brightness() : CorruptionBase(
    Name,
    "Brightness",
    "Use it for too much light",
    "what is added, of full scale",
    [0.1, 0.2, 0.3, 0.4, 0.5], small: [0.06, 0.12, 0.18, 0.25, 0.31])
{
    public const string Name = "brightness";

    protected override Picture Apply(Picture picture, double level, SeededRandom random) =>
        picture.Map(v => v + level);
}
