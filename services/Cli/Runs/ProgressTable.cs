using SparsePipeline.Cli.Reports;
using Spectre.Console;

namespace SparsePipeline.Cli.Runs;

/// <summary>The state of a run as a table: one line per running step, and how much is left.</summary>
internal static class ProgressTable
{
    private const int BarWidth = 24;

    public static Table Draw(string title, RunProgress progress, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.None).Title(Markup.Escape(title), new Style(decoration: Decoration.Bold))
            .AddColumns("step", "", "left", "");
        foreach (var step in progress.Running)
            table.AddRow(
                Markup.Escape(step.Node),
                Bar(step.Fraction),
                step.Remaining(now) is { } left ? Figures.Duration(left.TotalSeconds) : "",
                $"[grey]{Markup.Escape(step.Message)}[/]");
        table.AddRow(
            $"[bold]{progress.Ended} of {progress.Total} steps[/]",
            Bar(progress.Total == 0 ? 0 : (double)progress.Ended / progress.Total),
            progress.Remaining() is { } rest ? $"[bold]{Figures.Duration(rest.TotalSeconds)}[/]" : "",
            "[grey]Ctrl-C stops; the same command resumes[/]");
        return table;
    }

    private static string Bar(double fraction)
    {
        var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * BarWidth);
        return $"[green]{new string('━', full)}[/][grey]{new string('─', BarWidth - full)}[/]";
    }
}
