namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Turns the picture about its middle, to a side drawn per picture.</summary>
internal sealed class Rotate() : CorruptionBase(
    Name,
    "Rotation",
    "Use it for papers that lie askew",
    "angle in degrees",
    [8, 15, 22, 30, 40], MnistC)
{
    public const string Name = "rotate";

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var (sin, cos) = Math.SinCos(level * Math.PI / 180 * (random.NextIndex(2) == 0 ? 1 : -1));
        var (middleY, middleX) = ((picture.Shape.Height - 1) / 2.0, (picture.Shape.Width - 1) / 2.0);
        return picture.Warp((y, x) => (
            middleY + cos * (y - middleY) - sin * (x - middleX),
            middleX + sin * (y - middleY) + cos * (x - middleX)));
    }
}
