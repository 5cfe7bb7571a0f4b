namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>Collects glyphs. One that looks exactly like an earlier one of its class is left out: fonts share outlines, and copies prove nothing.</summary>
internal sealed class GlyphSet(int side)
{
    /// <summary>The classes, in this order.</summary>
    public const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly HashSet<(byte Label, UInt128 Image)> _seen = [];

    /// <summary>Draws every character of the given fonts.</summary>
    /// <returns>The examples, and for each the index of its group, and of its family, in the order in which they appear.</returns>
    public (Examples Examples, int[] Groups, ExampleAttribute Families) Draw(IEnumerable<FontFile> fonts)
    {
        using var pixels = new MemoryStream();
        var labels = new List<byte>();
        var groups = new List<int>();
        var known = new List<string>();
        var (families, ofFamily) = (new List<string>(), new List<int>());
        foreach (var font in fonts)
        {
            if (!known.Contains(font.Family.Group))
                known.Add(font.Family.Group);
            if (!families.Contains(font.Family.Name))
                families.Add(font.Family.Name);
            Draw(font, pixels, labels);
            groups.AddRange(Enumerable.Repeat(known.IndexOf(font.Family.Group), labels.Count - groups.Count));
            ofFamily.AddRange(Enumerable.Repeat(families.IndexOf(font.Family.Name), labels.Count - ofFamily.Count));
        }
        return (new Examples(new InputShape(1, side, side), pixels.ToArray(), [.. labels]), [.. groups], new(families, [.. ofFamily]));
    }

    private void Draw(FontFile font, MemoryStream pixels, List<byte> labels)
    {
        using var rendering = new FontRendering(font.Path, side);
        for (byte label = 0; label < Characters.Length; label++)
            if (rendering.Draw(Characters[label]) is { } image && _seen.Add((label, Fingerprint(image))))
            {
                pixels.Write(image);
                labels.Add(label);
            }
    }

    private static UInt128 Fingerprint(byte[] image)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(image);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash, 8));
    }
}
