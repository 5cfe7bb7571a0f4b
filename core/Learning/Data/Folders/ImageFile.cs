using System.Runtime.InteropServices;
using SkiaSharp;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Folders;

/// <summary>Reads one picture as bytes of one size.</summary>
/// <remarks>
/// The picture is stretched to side × side, so that nothing is cut off; one of that size is taken as it is. What is transparent becomes black;
/// colour profiles and the camera's orientation are not applied. Grey is 0.299 red + 0.587 green + 0.114 blue.
/// </remarks>
internal static class ImageFile
{
    /// <summary>Extensions of the formats that are read.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    // A small file can announce a picture of many gigabytes.
    private const long MostPixels = 1 << 26;

    /// <param name="path">The file.</param>
    /// <param name="shape">What to make of it: 1 or 3 channels.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: it is no picture, cut off or too large.</exception>
    public static byte[] Read(string path, InputShape shape)
    {
        using var codec = SKCodec.Create(path) ?? throw Corrupt(path, "cannot be read as a picture");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
            throw Corrupt(path, $"announces {width}×{height} pixels; up to {MostPixels} are read");
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is not SKCodecResult.Success and var result)
            throw Corrupt(path, $"is damaged ({result})");
        if (width == shape.Width && height == shape.Height)
            return Planes(bitmap, shape);
        using var resized = bitmap.Resize(new SKSizeI(shape.Width, shape.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return Planes(resized, shape);
    }

    private static byte[] Planes(SKBitmap bitmap, InputShape shape)
    {
        var row = new byte[4 * shape.Width];
        var planes = new byte[shape.Size];
        for (var y = 0; y < shape.Height; y++)
        {
            Marshal.Copy(bitmap.GetPixels() + y * bitmap.RowBytes, row, 0, row.Length);
            for (var x = 0; x < shape.Width; x++)
                Write(row.AsSpan(4 * x, 3), planes.AsSpan(y * shape.Width + x), shape);
        }
        return planes;
    }

    private static void Write(ReadOnlySpan<byte> colour, Span<byte> planes, InputShape shape)
    {
        if (shape.Channels == 1)
            planes[0] = (byte)((299 * colour[0] + 587 * colour[1] + 114 * colour[2] + 500) / 1000);
        else
            for (var channel = 0; channel < 3; channel++)
                planes[channel * shape.Height * shape.Width] = colour[channel];
    }

    private static DomainException Corrupt(string path, string problem) => new(
        FailureCodes.CorruptArtifact, $"Image '{path}' {problem}.", $"Replace or remove it; read are {string.Join(' ', Extensions)}.");
}
