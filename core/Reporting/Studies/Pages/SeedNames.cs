namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>Seeds on one line.</summary>
public static class SeedNames
{
    /// <summary>Runs of three and more neighbours are shortened: <c>1, 2, 7 to 18</c>.</summary>
    public static string Of(IEnumerable<long> seeds)
    {
        var parts = new List<(long From, long To)>();
        foreach (var seed in seeds.Order())
            if (parts.Count > 0 && parts[^1].To + 1 == seed)
                parts[^1] = (parts[^1].From, seed);
            else
                parts.Add((seed, seed));
        return string.Join(", ", parts.Select(p => (p.To - p.From) switch { 0 => $"{p.From}", 1 => $"{p.From}, {p.To}", _ => $"{p.From} to {p.To}" }));
    }
}
