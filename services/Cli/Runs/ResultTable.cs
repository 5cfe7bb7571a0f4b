using SparsePipeline.Contracts;
using SparsePipeline.Reporting;
using Spectre.Console;

namespace SparsePipeline.Cli.Runs;

/// <summary>What came out of a run, for the terminal.</summary>
internal static class ResultTable
{
    public static void Write(IAnsiConsole console, RunReport report)
    {
        var (rows, compared) = (ResultRow.Of(report), Compared.In(report));
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("network", $"test {compared.Noun}", "soup − it", "under shift", "sparsity", "of all", "epochs", "with dense", "networks");
        if (rows.Any(r => r.Evaluation?.CorruptedMeasure is not null))
            table.AddColumn("under corruption");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var row in rows)
            table.AddRow([.. Cells(row, compared).Take(table.Columns.Count).Select(c => new Markup(c))]);
        if (table.Rows.Count > 0)
            console.Write(table);
        if (table.Rows.Count > 0)
            console.MarkupLine($"[grey]sparsity: of the prunable weights, and of all parameters; epochs: of all retrainings behind a network; networks: evaluated for one prediction{(rows.Any(r => r.SoupMinusThis is not null) || compared.IsAccuracy ? "; small figures: 95 % intervals" : "")}[/]");
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

    private static IEnumerable<string> Cells(ResultRow row, Compared compared) =>
    [
        row.IsSoup ? $"[bold]{Markup.Escape(row.Name)}[/]" : Markup.Escape(row.Name),
        Value(compared, row.Measure, row.Interval),
        compared.Between(row.SoupMinusThis) is ({ Length: > 0 } difference, var range) ? $"{difference} [grey]{range}[/]" : "",
        Value(compared, row.ShiftedMeasure, row.ShiftedInterval),
        Figures.Percent(row.Sparsity),
        Figures.Percent(row.GlobalSparsity),
        Figures.Count(row.Epochs),
        Figures.Count(row.TotalEpochs),
        Figures.Count(row.Networks),
        compared.Text(row.Evaluation?.CorruptedMeasure),
    ];

    private static string Value(Compared compared, double? value, Interval? interval) => value is null || interval is null
        ? compared.Text(value)
        : $"{compared.Text(value)} [grey]{Figures.Range(interval)}[/]";
}
