namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Draws every value towards the mean of the picture.</summary>
internal sealed class Contrast() : CorruptionBase(
    Name,
    "Contrast",
    "Use it for haze and cheap screens",
    "share of the contrast that is left",
    [0.75, 0.55, 0.4, 0.25, 0.15], small: [0.8, 0.65, 0.55, 0.45, 0.35])
{
    public const string Name = "contrast";

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var mean = picture.Values.Average();
        return picture.Map(v => mean + level * (v - mean));
    }
}
