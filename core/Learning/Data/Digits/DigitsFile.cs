using System.IO.Compression;

namespace SparsePipeline.Learning.Data.Digits;

/// <summary>The embedded <c>digits.csv.gz</c>.</summary>
internal static class DigitsFile
{
    private static readonly InputShape Shape = new(1, 8, 8);

    public static Stream Open() => typeof(DigitsFile).Assembly.GetManifestResourceStream("digits.csv.gz")
        ?? throw new InvalidOperationException("digits.csv.gz is not embedded.");

    /// <summary>64 values and the label per line.</summary>
    public static Examples Read()
    {
        using var reader = new StreamReader(new GZipStream(Open(), CompressionMode.Decompress));
        var pixels = new List<byte>();
        var labels = new List<byte>();
        while (reader.ReadLine() is { } line)
        {
            var values = line.Split(',').Select(byte.Parse).ToArray();
            pixels.AddRange(values.AsSpan(0, Shape.Size));
            labels.Add(values[Shape.Size]);
        }
        return new Examples(Shape, [.. pixels], [.. labels]);
    }
}
