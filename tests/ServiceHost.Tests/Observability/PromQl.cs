using System.Text.RegularExpressions;

namespace SparsePipeline.ServiceHost.Tests.Observability;

/// <summary>Reads just enough of a query to know which metrics it asks for.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "sum", "max", "min", "avg", "count", "rate", "increase", "histogram_quantile", "absent", "by", "without", "on", "ignoring", "unless", "or", "and",
    };

    /// <summary>Names of the metrics, labels and functions left out.</summary>
    public static IEnumerable<string> MetricsOf(string query)
    {
        var bare = Grouping().Replace(Selector().Replace(query, " "), " ");
        return Name().Matches(bare).Select(m => m.Value).Where(name => !Words.Contains(name)).Distinct(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Selector();

    [GeneratedRegex(@"\b(by|without|on|ignoring)\s*\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Grouping();

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();
}
