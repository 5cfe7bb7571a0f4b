namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>The embedded <c>families.tsv</c>: the families whose kind is known.</summary>
internal static class FontFamilies
{
    private static readonly Dictionary<string, FontFamily> ByName = Read().ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<FontFamily> All => ByName.Values;

    /// <summary>The Debian packages of the families, in ordinal order.</summary>
    public static IReadOnlyList<string> Packages { get; } = [.. ByName.Values.Select(f => f.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Null when the kind of the family is not known.</summary>
    public static FontFamily? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<FontFamily> Read()
    {
        using var reader = new StreamReader(typeof(FontFamilies).Assembly.GetManifestResourceStream("families.tsv")
            ?? throw new InvalidOperationException("families.tsv is not embedded."));
        while (reader.ReadLine() is { } line)
            if (line.Split('\t') is [var kind, var package, var name])
                yield return new FontFamily(name, kind, package);
    }
}
