using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>The comparison of a run report as a Markdown table, with the sentences that belong to it.</summary>
public static class MarkdownReport
{
    public static string Render(RunReport report)
    {
        var compared = Compared.In(report);
        var page = new StringBuilder().Append($"# {report.Recipe.Name}\n\n{Headline.Of(report)}\n\n{Columns(compared)}\n");
        foreach (var row in ResultRow.Of(report))
            page.Append($"| {string.Join(" | ", Cells(row, compared))} |\n");
        page.Append(compared.IsAccuracy
            ? "\nIn brackets: 95 % intervals, of differences in points on the same test examples; what another test split of this size could have "
                + "shown, not what another seed would. "
            : $"\n{compared.AboutDifferences(report.Baselines.Any(b => b.SoupMinusThis is not null))}").Append("Epochs are all those behind a network, every candidate counted.\n");
        if (WorkDone.Sentence(report) is { } cached)
            page.Append($"\n{cached}\n");
        foreach (var missing in report.MissingBaselines)
            page.Append($"\nThere is no {missing.Name}: {missing.Reason}\n");
        return page.Append($"\n{Headline.Judgement(report)}\n").ToString();
    }

    private static string Columns(Compared compared) =>
        $"""
        | network | test {compared.Noun} | last soup minus it | under shift | sparsity | of all parameters | retraining epochs | with pretraining | networks evaluated |
        |---|---|---|---|---:|---:|---:|---:|---:|
        """;

    private static string[] Cells(ResultRow row, Compared compared) =>
    [
        row.IsSoup ? $"**{row.Name}**" : row.Name,
        Value(compared, row.Measure, row.Interval),
        compared.Between(row.SoupMinusThis) is ({ Length: > 0 } difference, var range) ? $"{difference} ({range})" : "",
        Value(compared, row.ShiftedMeasure, row.ShiftedInterval),
        Figures.Percent(row.Sparsity),
        Figures.Percent(row.GlobalSparsity),
        Figures.Count(row.Epochs),
        Figures.Count(row.TotalEpochs),
        Figures.Count(row.Networks),
    ];

    private static string Value(Compared compared, double? value, Interval? interval) => value is null || interval is null
        ? compared.Text(value)
        : $"{compared.Text(value)} ({Figures.Range(interval)})";
}
