namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Averages over a disc with a soft rim of one pixel.</summary>
internal sealed class DefocusBlur() : CorruptionBase(
    Name,
    "Defocus blur",
    "Use it for lenses out of focus",
    "radius of the disc in strokes, √(side/8) pixels",
    [0.6, 0.8, 1, 1.25, 1.5])
{
    public const string Name = "defocus-blur";

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var radius = level * picture.Stroke;
        var reach = (int)Math.Ceiling(radius);
        var offsets = Enumerable.Range(-reach, 2 * reach + 1).ToList();
        return picture.Average([.. from y in offsets
                                   from x in offsets
                                   let weight = Math.Clamp(radius + 0.5 - Math.Sqrt(y * y + x * x), 0, 1)
                                   where weight > 0
                                   select ((double)y, (double)x, weight)]);
    }
}
