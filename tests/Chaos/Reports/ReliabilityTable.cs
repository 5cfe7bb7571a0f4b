using System.Text;
using SparsePipeline.Chaos.Suite;

namespace SparsePipeline.Chaos.Reports;

/// <summary>The table of docs/reliability.md.</summary>
internal static class ReliabilityTable
{
    private const string Header =
        """
        | fault | happened | steps under way | of these finished | extra executions | until they had, median | longest |
        |---|---|---|---|---|---|---|

        """;

    /// <summary>One line per kind of fault, in the order of the suite, then the sum.</summary>
    public static string Of(IReadOnlyList<string> kinds, IReadOnlyList<FaultRecord> faults)
    {
        var happened = faults.Where(f => f.Happened).ToList();
        var table = new StringBuilder(Header.ReplaceLineEndings("\n"));
        foreach (var kind in kinds)
            table.Append(Line(kind, [.. happened.Where(f => f.Kind == kind)]));
        return table.Append(Line("**all**", happened)).ToString();
    }

    private static string Line(string name, List<FaultRecord> faults)
    {
        var times = faults.Where(f => f is { StepsUnderWay: > 0, Recovery: not null }).Select(f => f.Recovery!.Value.TotalSeconds).Order().ToList();
        var recovered = faults.Where(f => f.Recovery is not null).Sum(f => f.StepsUnderWay);
        var (median, longest) = times.Count == 0 ? ("–", "–") : ($"{times[times.Count / 2]:0.0} s", $"{times[^1]:0.0} s");
        return $"| {name} | {faults.Count} | {faults.Sum(f => f.StepsUnderWay)} | {recovered} | {faults.Sum(f => f.ExtraExecutions)} | {median} | {longest} |\n";
    }
}
