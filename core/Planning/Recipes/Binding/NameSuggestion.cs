namespace SparsePipeline.Planning;

/// <summary>What somebody may have meant.</summary>
internal static class NameSuggestion
{
    /// <summary>"Did you mean …?" when a known name is close, and the known names.</summary>
    public static string For(string unknown, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0) return "None are known.";
        var list = $"Known: {string.Join(", ", known)}.";
        var nearest = known.MinBy(name => Distance(unknown, name))!;
        var close = Math.Clamp(nearest.Length / 3, Math.Min(2, nearest.Length - 1), 4);
        return Distance(unknown, nearest) <= close ? $"Did you mean '{nearest}'? {list}" : list;
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
