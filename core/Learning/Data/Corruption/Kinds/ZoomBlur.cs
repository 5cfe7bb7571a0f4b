namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>The mean of the picture at magnifications from 1 to the largest.</summary>
internal sealed class ZoomBlur() : CorruptionBase(
    Name,
    "Zoom blur",
    "Use it for cameras that come closer",
    "largest magnification",
    [1.15, 1.3, 1.45, 1.6, 1.8])
{
    public const string Name = "zoom-blur";

    private const int Steps = 8;

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var (middleY, middleX) = ((picture.Shape.Height - 1) / 2.0, (picture.Shape.Width - 1) / 2.0);
        var zooms = Enumerable.Range(0, Steps).Select(i => 1 + (level - 1) * i / (Steps - 1)).ToList();
        return picture.Redraw((channel, y, x) =>
            zooms.Average(z => picture.Between(channel, middleY + (y - middleY) / z, middleX + (x - middleX) / z)));
    }
}
