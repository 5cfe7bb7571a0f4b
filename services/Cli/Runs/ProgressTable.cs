using SparsePipeline.Reporting;
using Spectre.Console;

namespace SparsePipeline.Cli.Runs;

/// <summary>The state of a run as a table: one line per running step, and how much is left.</summary>
internal static class ProgressTable
{
    private const int BarWidth = 16;

    public static Table Draw(string title, string caption, RunProgress progress, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders()
            .Title(Markup.Escape(title), new Style(decoration: Decoration.Bold))
            .Caption(caption)
            .AddColumns(new TableColumn("step").NoWrap(), new TableColumn("bar").NoWrap(), new TableColumn("left").NoWrap(), new TableColumn("message"));
        foreach (var step in progress.Running)
            table.AddRow(
                new Markup(Markup.Escape(step.Node)),
                Bar(step.Fraction),
                new Markup(step.Remaining(now) is { } left ? Figures.Duration(left.TotalSeconds) : ""),
                new Markup($"[grey]{Markup.Escape(step.Message)}[/]").Overflow(Overflow.Ellipsis));
        table.AddRow(
            new Markup($"[bold]{progress.Ended} of {progress.Total} steps[/]"),
            Bar(progress.Total == 0 ? 0 : (double)progress.Ended / progress.Total),
            new Markup(progress.Remaining() is { } rest ? $"[bold]{Figures.Duration(rest.TotalSeconds)}[/]" : ""));
        return table;
    }

    private static Markup Bar(double fraction)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarWidth);
        return new Markup($"[green]{new string('━', full)}[/][grey]{new string('─', BarWidth - full)}[/]");
    }
}
