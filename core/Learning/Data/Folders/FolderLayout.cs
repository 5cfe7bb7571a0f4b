using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Folders;

/// <summary>Which pictures are for what.</summary>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Splits">Pictures by the split's name.</param>
internal sealed record FolderLayout(IReadOnlyList<string> Classes, SortedDictionary<string, IReadOnlyList<(string Path, byte Label)>> Splits)
{
    public const string Remedy = "Let data.path name a folder with train/CLASS/PICTURE and test/CLASS/PICTURE, optionally val/… and shift-NAME/…; "
        + "or with CLASS/PICTURE alone, of which a fifth becomes the test split.";

    public static readonly SplitNames Names = new("val");

    private const int MostClasses = 256;
    private const double TestShare = 0.2;
    private const long TestSeed = 0;

    /// <exception cref="DomainException">There are no classes, too few or too many, or something that belongs to none.</exception>
    public static FolderLayout Of(string folder)
    {
        var names = ClassFolder.Classes(folder);
        var divided = names.Contains(SplitNames.Training);
        var classes = divided ? ClassFolder.Classes(Path.Combine(folder, SplitNames.Training)) : names;
        if (classes.Count is < 2 or > MostClasses)
            throw DataPath.Unavailable($"data.path '{folder}' has {classes.Count} classes; there must be 2 to {MostClasses}.", Remedy);
        return new FolderLayout(classes, divided ? Divided(folder, names, classes) : Undivided(folder, classes));
    }

    private static SortedDictionary<string, IReadOnlyList<(string Path, byte Label)>> Divided(string folder, IReadOnlyList<string> names, IReadOnlyList<string> classes)
    {
        foreach (var stray in names.Where(n => !Names.Has(n)))
            throw DataPath.Unavailable($"data.path '{folder}' has a folder '{stray}' beside '{SplitNames.Training}'.", Remedy);
        if (!names.Contains(SplitNames.Test))
            throw DataPath.Unavailable($"data.path '{folder}' has a folder '{SplitNames.Training}', but none called '{SplitNames.Test}'.", Remedy);
        return new(names.ToDictionary(n => n, n => ClassFolder.Pictures(Path.Combine(folder, n), classes)), StringComparer.Ordinal);
    }

    private static SortedDictionary<string, IReadOnlyList<(string Path, byte Label)>> Undivided(string folder, IReadOnlyList<string> classes)
    {
        var all = ClassFolder.Pictures(folder, classes).ToArray();
        new SeededRandom(SeedDerivation.Derive(TestSeed, "folders-test-split")).Shuffle<(string, byte)>(all);
        var test = (int)Math.Round(all.Length * TestShare);
        return test == 0
            ? throw DataPath.Unavailable($"data.path '{folder}' has {all.Length} pictures, too few to hold out a fifth for testing.", Remedy)
            : new(StringComparer.Ordinal) { [SplitNames.Test] = all[..test], [SplitNames.Training] = all[test..] };
    }
}
