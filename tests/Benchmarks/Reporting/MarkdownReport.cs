using System.Globalization;
using System.Text;

namespace SparsePipeline.Benchmarks;

/// <summary>The report as Markdown: also what the terminal shows.</summary>
internal static class MarkdownReport
{
    public static string Write(BenchmarkReport report)
    {
        var m = report.Machine;
        var text = new StringBuilder()
            .AppendLine($"Machine: {m.Processor}, {m.Cores} cores, {m.MemoryGiB} GiB, {m.System}, {m.Runtime}, vectors of {m.Vectors}, TorchSharp {m.TorchSharp}; load average before: {m.LoadAverage}.")
            .AppendLine(report.Scale == 1 ? $"Full sizes, {report.Pairs} pairs." : $"Sizes scaled by {report.Scale}: the targets are meant for 1; {report.Pairs} pairs.")
            .AppendLine()
            .AppendLine("| measure | min | median | max | n | target | met |")
            .AppendLine("|---|---|---|---|---|---|---|");
        foreach (var r in report.Results)
            text.AppendLine(Row(r));
        text.AppendLine();
        foreach (var r in report.Results)
            text.AppendLine($"- **{r.Measure}**: {r.Definition} {r.Detail}");
        return text.ToString();
    }

    /// <summary>One line of the table.</summary>
    public static string Row(BenchmarkResult r) =>
        $"| {r.Measure} | {Number(r.Values.Min)} | {Number(r.Values.Median)} | {Number(r.Values.Max)} | {r.Values.Count} | {r.Target.Relation} {Number(r.Target.Value)} {r.Target.Unit} | {(r.Met ? "yes" : "**no**")} |";

    private static string Number(double value) => value.ToString(value < 10_000 ? "G4" : "N0", CultureInfo.InvariantCulture);
}
