namespace SparsePipeline.Contracts;

/// <summary>What somebody may have meant.</summary>
public static class NameSuggestion
{
    /// <summary>"Did you mean …?" when a known name is close, and the known names.</summary>
    public static string For(string unknown, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0) return "None are known.";
        return $"{Nearest(unknown, known)}Known: {string.Join(", ", known)}.";
    }

    /// <summary>"Did you mean …? " when a known name is close, else nothing: for lists too long to be told.</summary>
    public static string Nearest(string unknown, IReadOnlyCollection<string> known) => Near(unknown, known) is { } near ? $"Did you mean '{near}'? " : "";

    /// <summary>The same for files: what comes before the last point decides, since endings are long and the same for all.</summary>
    public static string NearestFile(string unknown, IReadOnlyCollection<string> known)
    {
        var stem = Path.GetFileNameWithoutExtension(unknown);
        var names = known.GroupBy(n => Path.GetFileNameWithoutExtension(n), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return Near(stem, names.Keys) is { } near ? $"Did you mean '{names[near]}'? " : "";
    }

    private static string? Near(string unknown, IEnumerable<string> known)
    {
        if (known.MinBy(name => Distance(unknown, name)) is not { } nearest) return null;
        var close = Math.Clamp(nearest.Length / 3, Math.Min(2, Math.Max(0, nearest.Length - 1)), 4);
        return Distance(unknown, nearest) <= close ? nearest : null;
    }

    /// <summary>Levenshtein distance, case and the separators - and _ ignored.</summary>
    private static int Distance(string left, string right)
    {
        var (a, b) = (Simplify(left), Simplify(right));
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(diagonal + (a[i] == b[j] ? 0 : 1), 1 + Math.Min(row[j], row[j + 1])));
        }

        return row[^1];
    }

    // Long enough for every known name; a hostile text of a megabyte is not worth a quadratic comparison.
    private static string Simplify(string name) =>
        name[..Math.Min(name.Length, 64)].Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
