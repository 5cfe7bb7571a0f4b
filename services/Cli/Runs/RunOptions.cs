using System.CommandLine;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Runs;

/// <summary>Options of the commands that run something.</summary>
internal static class RunOptions
{
    static RunOptions() => Runners.Validators.Add(result =>
    {
        // Asking for the value would throw when the text is no number; that is told elsewhere.
        if (result.Tokens is [{ } token] && NumberText.Whole(token.Value) is { } count and not (>= 1 and <= 1024))
            result.AddError($"--runners is {count}, but must be 1 to 1024.");
    });

    public static Option<int?> Runners { get; } = new("--runners")
    {
        Description = "Runner processes of this process, 1 to 1024, and so trainings at the same time; one per core when left out.",
        HelpName = "N",
    };

    public static Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "Folder for report.html, report.json and report.md; {store}/reports/{runId} when left out.",
        HelpName = "FOLDER",
    };

    public static Option<bool> Plain { get; } = new("--plain") { Description = "Timestamped lines instead of a live display." };

    public static Option<bool> Detach { get; } = new("--detach")
    {
        Description = "Hand the run to the workers of the --profile, say its id and return; without it the run is followed to its end.",
    };
}
