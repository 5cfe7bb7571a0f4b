using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>Which splits a grid has figures on.</summary>
internal static class SplitNames
{
    private static readonly string[] First = [StudySplits.Test, StudySplits.Shifted];

    /// <summary>Test, all shifts together, each of several shifts, corrupted; not validation, on which soups are chosen.</summary>
    public static IReadOnlyList<string> Compared(StudyGridReport grid)
    {
        var all = grid.Cells.SelectMany(c => c.Runs).SelectMany(r => r.Models).Where(m => m.Name == StudyModel.Soup)
            .SelectMany(m => m.Accuracies.Keys).Distinct().Where(s => s != StudySplits.Validation).Order(StringComparer.Ordinal).ToList();
        // With one shift only, that one and all of them are the same.
        var single = all.Where(s => s.StartsWith(StudySplits.Shift(""), StringComparison.Ordinal)).ToList() is [var only] ? only : null;
        return [.. First.Where(all.Contains), .. all.Where(s => !First.Contains(s) && s != single)];
    }

    /// <summary>Test, and what tells most about other data: all shifts together, or else corruptions.</summary>
    public static IReadOnlyList<string> Headline(StudyGridReport grid)
    {
        var all = Compared(grid);
        return [.. all.Where(s => s is StudySplits.Test), .. all.Where(s => s is StudySplits.Shifted or StudySplits.Corrupted).Take(1)];
    }

    /// <summary>A split in words: the one shift there is by its own name.</summary>
    public static string Title(StudyGridReport grid, string split)
    {
        var shifts = grid.Cells.SelectMany(c => c.Figures).Select(f => f.Split).Distinct()
            .Where(s => s.StartsWith(StudySplits.Shift(""), StringComparison.Ordinal)).ToList();
        return split == StudySplits.Shifted ? shifts is [var only] ? StudySplits.Title(only) : "all shifts" : StudySplits.Title(split);
    }
}
