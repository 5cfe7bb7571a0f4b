namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>One example as real values, 0 to 1 before it is corrupted; beyond its edge it goes on as its edge.</summary>
/// <param name="shape">Channels, height, width.</param>
/// <param name="values">Channel after channel, row after row.</param>
internal sealed class Picture(InputShape shape, double[] values)
{
    public InputShape Shape => shape;

    public IReadOnlyList<double> Values => values;

    /// <summary>The shorter side in pixels.</summary>
    public int Side => Math.Min(shape.Height, shape.Width);

    /// <summary>The length, in pixels, that does to this picture what one pixel does to an 8×8 one; it grows with the root of the side, as strokes do.</summary>
    public double Stroke => Math.Sqrt(Side / 8.0);

    public double this[int channel, int y, int x] =>
        values[(channel * shape.Height + Math.Clamp(y, 0, shape.Height - 1)) * shape.Width + Math.Clamp(x, 0, shape.Width - 1)];

    /// <summary>The value between pixels, by bilinear interpolation; pixel centres are at whole numbers.</summary>
    public double Between(int channel, double y, double x)
    {
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        var (down, right) = (y - top, x - left);
        if (down == 0 && right == 0)
            return this[channel, top, left];
        return (1 - down) * ((1 - right) * this[channel, top, left] + right * this[channel, top, left + 1])
            + down * ((1 - right) * this[channel, top + 1, left] + right * this[channel, top + 1, left + 1]);
    }

    /// <summary>Every value changed on its own, in memory order.</summary>
    public Picture Map(Func<double, double> change) => new(shape, Array.ConvertAll(values, v => change(v)));

    /// <summary>Every value computed from its place, in memory order.</summary>
    public Picture Redraw(Func<int, int, int, double> value)
    {
        var drawn = new double[values.Length];
        var i = 0;
        for (var channel = 0; channel < shape.Channels; channel++)
            for (var y = 0; y < shape.Height; y++)
                for (var x = 0; x < shape.Width; x++)
                    drawn[i++] = value(channel, y, x);
        return new Picture(shape, drawn);
    }

    /// <summary>Every pixel taken from elsewhere, the same place in every channel.</summary>
    public Picture Warp(Func<int, int, (double Y, double X)> source) => Redraw((channel, y, x) =>
    {
        var (fromY, fromX) = source(y, x);
        return Between(channel, fromY, fromX);
    });

    /// <summary>Every pixel the weighted mean of places around it.</summary>
    /// <param name="taps">Offsets in pixels, and weights of any sum.</param>
    public Picture Average((double Y, double X, double Weight)[] taps)
    {
        var total = taps.Sum(t => t.Weight);
        return Redraw((channel, y, x) =>
        {
            var sum = 0.0;
            foreach (var tap in taps)
                sum += tap.Weight * Between(channel, y + tap.Y, x + tap.X);
            return sum / total;
        });
    }
}
