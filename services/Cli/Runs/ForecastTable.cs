using SparsePipeline.Planning;
using SparsePipeline.Reporting;
using Spectre.Console;

namespace SparsePipeline.Cli.Runs;

/// <summary>What a run would do and cost, for the terminal.</summary>
internal static class ForecastTable
{
    public static void Write(IAnsiConsole console, PlanForecast forecast, int workers)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("part", "cached", "will run", "inputs change", "lost", "epochs", "compute", "writes");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var group in ForecastGroup.Of(forecast))
            table.AddRow(
                Markup.Escape(group.Part), $"{group.Cached}", $"{group.WillRun}", $"{group.InputsChange}", $"{group.Lost}", $"{group.Epochs}",
                Seconds(group.Seconds), group.Bytes is { } bytes ? Figures.Bytes(bytes) : "?");
        console.Write(table);
        console.WriteLine(Summary(forecast, workers));
    }

    /// <summary>The forecast in one sentence.</summary>
    public static string Summary(PlanForecast forecast, int workers) => forecast.ToRun == 0
        ? $"Nothing to do: {forecast.Cached} of {forecast.Steps.Count} steps are cached{Lost(forecast)}."
        : $"{forecast.ToRun} of {forecast.Steps.Count} steps to run, {forecast.Cached} cached; {forecast.Epochs} epochs; "
            + (forecast.WallSeconds(workers) is { } wall
                ? $"about {Figures.Duration(wall)} with {workers} runner(s)."
                : "time unknown until steps of each kind have been measured on this machine.");

    private static string Lost(PlanForecast forecast) =>
        forecast.Steps.Count - forecast.Cached is > 0 and var lost ? $", {lost} failed or need what failed" : "";

    private static string Seconds(double? seconds) => seconds is { } value ? Figures.Duration(value) : "?";
}
