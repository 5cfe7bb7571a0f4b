namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Lays clouds over the picture: (v + thickness · cloud) / (1 + thickness).</summary>
/// <remarks>Clouds are three octaves of interpolated noise instead of the diamond-square fractal of the paper, which needs sides of powers of two.</remarks>
internal sealed class Fog() : CorruptionBase(
    Name,
    "Fog",
    "Use it for weather",
    "thickness",
    [0.3, 0.5, 0.75, 1.1, 1.6])
{
    public const string Name = "fog";

    private static readonly int[] Cells = [2, 4, 8];

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var clouds = Cells.Select(cells => new SmoothField(picture.Shape, cells, random)).ToList();
        return picture.Redraw((channel, y, x) => (picture[channel, y, x] + level * Density(clouds, y, x)) / (1 + level));
    }

    // Each octave has half the weight of the one before; 4 + 2 + 1 = 7.
    private static double Density(List<SmoothField> clouds, int y, int x) =>
        (4 * clouds[0].At(y, x) + 2 * clouds[1].At(y, x) + clouds[2].At(y, x)) / 7;
}
