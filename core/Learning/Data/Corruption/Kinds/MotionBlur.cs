namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Averages along a streak in a direction drawn per picture.</summary>
internal sealed class MotionBlur() : CorruptionBase(
    Name,
    "Motion blur",
    "Use it for cameras and objects that move",
    "length of the streak in strokes, √(side/8) pixels",
    [1.5, 2.2, 3, 4, 5.5])
{
    public const string Name = "motion-blur";

    private const int Samples = 9;

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var length = level * picture.Stroke;
        var (sin, cos) = Math.SinCos(Math.PI * random.NextUnit());
        return picture.Average([.. Enumerable.Range(0, Samples)
            .Select(i => length * ((double)i / (Samples - 1) - 0.5))
            .Select(along => (along * sin, along * cos, 1.0))]);
    }
}
