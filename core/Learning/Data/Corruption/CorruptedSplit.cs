using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>
/// A split with every example corrupted: the same examples give the same bytes on every machine and in every order, since each has a
/// stream of its own, derived from the kind and its position.
/// </summary>
/// <remarks>
/// The seed is fixed, like a published benchmark's, so that all checkpoints of all runs are measured on the same pictures. Full scale is
/// the brightest value of the split, since files hold 0–255 and digits 0–16.
/// </remarks>
internal static class CorruptedSplit
{
    private const long Seed = 0;

    // Rounds exact halves up although the last bit of a cosine differs between processors.
    private const double Half = 0.5 + 1e-9;

    /// <param name="split">Left as it is.</param>
    /// <param name="kind">What goes wrong.</param>
    /// <param name="severity">1 to 5.</param>
    public static Examples Of(Examples split, ICorruption kind, int severity)
    {
        var scale = FullScale(split);
        var pixels = new byte[split.Count * split.Shape.Size];
        for (var i = 0; i < split.Count; i++)
        {
            var random = new SeededRandom(SeedDerivation.Derive(Seed, $"corruption/{kind.Info.Name}", i));
            Write(kind.Apply(Read(split, i, scale), severity, random), scale, pixels.AsSpan(i * split.Shape.Size));
        }
        return split.With(new ExampleValues<byte>(pixels, split.Shape.Size));
    }

    private static double FullScale(Examples split)
    {
        byte brightest = 1;
        for (var i = 0; i < split.Count; i++)
            foreach (var value in split.Pixels(i))
                brightest = Math.Max(brightest, value);
        return brightest;
    }

    private static Picture Read(Examples split, int index, double scale)
    {
        var pixels = split.Pixels(index);
        var values = new double[pixels.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = pixels[i] / scale;
        return new Picture(split.Shape, values);
    }

    private static void Write(Picture picture, double scale, Span<byte> pixels)
    {
        for (var i = 0; i < picture.Values.Count; i++)
            pixels[i] = (byte)Math.Floor(Math.Clamp(picture.Values[i], 0, 1) * scale + Half);
    }
}
