using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>Finds the font files of known kind below a folder.</summary>
internal static class FontFolder
{
    /// <summary>Where Debian and its relatives install fonts.</summary>
    public const string System = "/usr/share/fonts";

    private const int FewestGroups = 10;

    private static readonly string[] Extensions = [".ttf", ".otf", ".ttc"];

    // Links would count a font twice, and may lead in circles.
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>In ordinal order of their paths. Below a folder of one's own, a folder named as a kind says what its fonts are.</summary>
    /// <param name="path">A folder, or null for <see cref="System"/>.</param>
    /// <exception cref="DomainException">The folder is missing or has too few fonts of known kind, or a file is no font.</exception>
    public static IReadOnlyList<FontFile> Find(string? path)
    {
        var root = path ?? System;
        if (!Directory.Exists(root))
            throw Unavailable($"data set 'glyphs' finds no folder '{root}'");
        var files = Directory.EnumerateFiles(root, "*", Everywhere)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(file => Describe(file, path))
            .OfType<FontFile>()
            .ToList();
        Check(files, root);
        return files;
    }

    private static FontFile? Describe(string file, string? ownFolder)
    {
        using var typeface = FontRendering.Open(file);
        var named = ownFolder is null ? null : Path.GetRelativePath(ownFolder, file).Split(Path.DirectorySeparatorChar).SkipLast(1).FirstOrDefault(FontKinds.All.Contains);
        var family = named is null ? FontFamilies.Find(typeface.FamilyName) : new FontFamily(typeface.FamilyName, named, typeface.FamilyName);
        return family is null ? null : new FontFile(file, family);
    }

    private static void Check(List<FontFile> files, string root)
    {
        var groups = files.Where(f => FontKinds.Text.Contains(f.Family.Kind)).Select(f => f.Family.Group).Distinct().Count();
        if (groups < FewestGroups)
            throw Unavailable($"'{root}' has fonts of {groups} {(groups == 1 ? "source" : "sources")} to train on, and data set 'glyphs' needs {FewestGroups}");
        foreach (var kind in FontKinds.Shifts.Where(kind => files.All(f => f.Family.Kind != kind)))
            throw Unavailable($"'{root}' has no fonts of kind '{kind}', a shift of data set 'glyphs'");
    }

    private static DomainException Unavailable(string reason) => new(
        FailureCodes.DataUnavailable,
        $"{reason}.",
        $"On Debian, install them: apt-get install -y --no-install-recommends {string.Join(' ', FontFamilies.Packages)}. "
        + $"Or let data.path name a folder that has fonts in folders {string.Join(", ", FontKinds.All)}.");
}
