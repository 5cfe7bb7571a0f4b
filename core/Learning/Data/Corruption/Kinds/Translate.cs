namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Moves the picture in a direction drawn per picture; what comes in continues the edge.</summary>
internal sealed class Translate() : CorruptionBase(
    Name,
    "Translation",
    "Use it for objects that are not in the middle",
    "distance, of the side",
    [0.06, 0.1, 0.15, 0.2, 0.26], MnistC)
{
    public const string Name = "translate";

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextUnit());
        var distance = level * picture.Side;
        return picture.Warp((y, x) => (y + distance * sin, x + distance * cos));
    }
}
