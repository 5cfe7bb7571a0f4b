namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Covers a grey square around a place drawn per picture.</summary>
internal sealed class Occlusion() : CorruptionBase(
    Name,
    "Occlusion",
    "Use it for things that stand in the way",
    "side of the square, of the picture's",
    [0.2, 0.3, 0.4, 0.5, 0.6], "DeVries, Taylor: Improved Regularization of Convolutional Neural Networks with Cutout, 2017, arXiv 1708.04552")
{
    public const string Name = "occlusion";

    private const double Grey = 0.5;

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var (middleY, middleX) = (random.NextUnit() * (picture.Shape.Height - 1), random.NextUnit() * (picture.Shape.Width - 1));
        var reach = level * picture.Side / 2;
        return picture.Redraw((channel, y, x) =>
            Math.Abs(y - middleY) <= reach && Math.Abs(x - middleX) <= reach ? Grey : picture[channel, y, x]);
    }
}
