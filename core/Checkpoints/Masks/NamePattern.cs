using System.IO.Enumeration;

namespace SparsePipeline.Checkpoints;

/// <summary>Patterns over whole tensor names: <c>*</c> stands for any text, <c>?</c> for any character, case counts.</summary>
public static class NamePattern
{
    private const int Suggestions = 3;

    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    /// <summary>Up to three names that somebody may have meant with a pattern that matches none, nearest first; empty when none is near.</summary>
    public static IReadOnlyList<string> Near(string pattern, IEnumerable<string> names) =>
    [
        .. names.Select(name => (Name: name, Distance: Math.Min(Distance(pattern, name), Distance(pattern + "*", name))))
            .Where(n => n.Distance <= Math.Clamp(pattern.Length / 3, 1, 4))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Take(Suggestions).Select(n => n.Name),
    ];

    /// <summary>"Did you mean 'a' or 'b'?" with the names that are near; null when none is.</summary>
    public static string? Question(IEnumerable<string> patterns, IReadOnlyCollection<string> names)
    {
        List<string> near = [.. patterns.SelectMany(p => Near(p, names)).Distinct(StringComparer.Ordinal)];
        return near.Count == 0 ? null : $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?";
    }

    /// <summary>Changes of single characters that make a pattern match a name: Levenshtein's distance, in which wildcards cost nothing.</summary>
    private static int Distance(string pattern, string name)
    {
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        foreach (var symbol in pattern)
        {
            var diagonal = row[0];
            row[0] += symbol == '*' ? 0 : 1;
            for (var j = 0; j < name.Length; j++)
            {
                var above = row[j + 1];
                row[j + 1] = symbol == '*'
                    ? Math.Min(above, row[j])
                    : Math.Min(diagonal + (symbol == '?' || symbol == name[j] ? 0 : 1), 1 + Math.Min(above, row[j]));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
