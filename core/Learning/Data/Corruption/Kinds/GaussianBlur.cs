namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Averages with normal weights, rows first and columns then, out to three standard deviations.</summary>
internal sealed class GaussianBlur() : CorruptionBase(
    Name,
    "Gaussian blur",
    "Use it for soft lenses",
    "standard deviation in strokes, √(side/8) pixels",
    [0.4, 0.55, 0.7, 0.85, 1.05])
{
    public const string Name = "gaussian-blur";

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var deviation = level * picture.Stroke;
        var reach = (int)Math.Ceiling(3 * deviation);
        var weights = Enumerable.Range(-reach, 2 * reach + 1).Select(d => (Offset: d, Weight: Math.Exp(-d * d / (2 * deviation * deviation)))).ToList();
        return picture
            .Average([.. weights.Select(w => (0.0, (double)w.Offset, w.Weight))])
            .Average([.. weights.Select(w => ((double)w.Offset, 0.0, w.Weight))]);
    }
}
