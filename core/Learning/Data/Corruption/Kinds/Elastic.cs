namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Moves every pixel by a smooth random field.</summary>
/// <remarks>The field is drawn on a coarse grid and interpolated, instead of drawn per pixel and blurred: the same at any size.</remarks>
internal sealed class Elastic() : CorruptionBase(
    Name,
    "Elastic distortion",
    "Use it for other hands and crumpled paper",
    "largest displacement, of the side",
    [0.05, 0.08, 0.12, 0.16, 0.2], "Simard, Steinkraus, Platt: Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis, ICDAR 2003")
{
    public const string Name = "elastic";

    private const int Cells = 3;

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var (down, right) = (new SmoothField(picture.Shape, Cells, random), new SmoothField(picture.Shape, Cells, random));
        var reach = 2 * level * picture.Side;
        return picture.Warp((y, x) => (y + reach * (down.At(y, x) - 0.5), x + reach * (right.At(y, x) - 0.5)));
    }
}
