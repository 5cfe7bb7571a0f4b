using SparsePipeline.Contracts;
using SparsePipeline.Reporting;
using Spectre.Console;

namespace SparsePipeline.Cli.Runs;

/// <summary>What came out of a run, for the terminal.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, RunReport report)
    {
        var rows = ResultRow.Of(report);
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("network", "test accuracy", "soup − it", "under shift", "sparsity", "of all", "epochs", "with dense", "networks");
        if (rows.Any(r => r.Evaluation?.CorruptedAccuracy is not null))
            table.AddColumn("under corruption");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var row in rows)
            table.AddRow([.. Cells(row).Take(table.Columns.Count).Select(c => new Markup(c))]);
        if (table.Rows.Count > 0)
            console.Write(table);
        if (table.Rows.Count > 0)
            console.MarkupLine("[grey]sparsity: of the prunable weights, and of all parameters; epochs: of all retrainings behind a network; networks: evaluated for one prediction; small figures: 95 % intervals[/]");
        foreach (var missing in report.MissingBaselines)
            console.WriteLine($"no {missing.Name}: {missing.Reason}");
        if (WorkDone.Sentence(report) is { } cached)
            console.WriteLine(cached);
        console.WriteLine(Headline.Of(report));
        if (report.Cycles.Count > 0)
            console.WriteLine(Headline.Judgement(report));
        foreach (var line in report.Cycles.Count > 0 ? CompressionLines.Of(report.Cycles[^1].Soup.Evaluation, CycleWarnings.Of(report.Cycles[^1])) : [])
            console.WriteLine(line);
    }

    private static IEnumerable<string> Cells(ResultRow row) =>
    [
        row.IsSoup ? $"[bold]{Markup.Escape(row.Name)}[/]" : Markup.Escape(row.Name),
        Accuracy(row.Accuracy, row.Interval),
        row.SoupMinusThis is { } difference ? $"{Figures.Signed(difference.Difference)} [grey]{Figures.PointsRange(difference.Interval)}[/]" : "",
        Accuracy(row.ShiftedAccuracy, row.ShiftedInterval),
        Figures.Percent(row.Sparsity),
        Figures.Percent(row.GlobalSparsity),
        Figures.Count(row.Epochs),
        Figures.Count(row.TotalEpochs),
        Figures.Count(row.Networks),
        Figures.Percent(row.Evaluation?.CorruptedAccuracy),
    ];

    private static string Accuracy(double? accuracy, Interval? interval) => accuracy is null || interval is null
        ? Figures.Percent(accuracy)
        : $"{Figures.Percent(accuracy)} [grey]{Figures.Range(interval)}[/]";
}
