using System.CommandLine;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Cli.Reports.Building;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>run RECIPE</c>: runs a recipe, or goes on with it, and writes its report.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> RecipePath = new("RECIPE") { Description = "A recipe in YAML." };

    private static readonly Option<int?> Runners = new("--runners")
    {
        Description = "Runner processes, 1 to 1024, and so trainings at the same time; one per core when left out.",
        HelpName = "N",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Folder for report.html and report.json; {store}/reports/{runId} when left out.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Plain = new("--plain") { Description = "Timestamped lines instead of a live display." };

    // Failures of steps are part of the progress; the log would tell them a second time, in the middle of the live display.
    private static readonly Dictionary<string, string?> Quiet = new() { ["Serilog:MinimumLevel:Override:SparsePipeline.Infrastructure.Steps"] = "Error" };

    static RunCommand() => Runners.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is { } count and not (>= 1 and <= 1024))
            result.AddError($"--runners is {count}, but must be 1 to 1024.");
    });

    public static Command Create() => new CommandWithExamples(
        "run",
        "Run a recipe in this process and write its report. What was done before is not done again; stopped at any moment, the same command resumes.",
        "sparsepipe run recipes/sms-digits.yaml",
        "sparsepipe run recipes/sms-digits.yaml --runners 2 --output reports/today",
        "sparsepipe run recipes/sms-digits.yaml --json > report.json")
    {
        RecipePath, Runners, Output, Plain,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var recipe = RecipeFile.Read(invocation.Required(RecipePath));
        try
        {
            return await RunAsync(invocation, recipe, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            invocation.Refuse(new CommandError("cancelled", "Stopped; finished steps and resume points are kept.", $"Resume with: {Command(invocation)}"));
            return ExitCodes.Cancelled;
        }
    }

    private static async Task<int> RunAsync(Invocation invocation, Recipe recipe, CancellationToken cancellationToken)
    {
        var options = new EmbeddedOptions { StoreFolder = invocation.Store, Runners = invocation.Value(Runners), Settings = Quiet };
        await using var pipeline = await EmbeddedPipeline.StartAsync(options, cancellationToken);
        var outcome = await FollowAsync(invocation, pipeline, recipe, cancellationToken);
        var report = await RunReportBuilder.BuildAsync(recipe, outcome, pipeline.Artifacts, Command(invocation), cancellationToken);
        await TellAsync(invocation, report, cancellationToken);
        return Conclude(invocation, outcome);
    }

    private static Task<RunOutcome> FollowAsync(Invocation invocation, EmbeddedPipeline pipeline, Recipe recipe, CancellationToken cancellationToken)
    {
        var progress = new RunProgress(invocation.Value(Runners) ?? System.Environment.ProcessorCount);
        var isLive = invocation.Terminal.IsInteractive && !invocation.Json && !invocation.Value(Plain);
        if (isLive)
            return new LiveProgress(progress, invocation.Terminal.CreateConsole(), TimeProvider.System)
                .ShowAsync(observer => pipeline.RunAsync(recipe, observer, cancellationToken));
        var lines = invocation.Json ? invocation.Terminal.Error : invocation.Terminal.Output;
        return pipeline.RunAsync(recipe, new PlainProgress(progress, lines, TimeProvider.System), cancellationToken);
    }

    // The last two lines are the report's paths, also of a run that failed: scripts rely on it.
    private static async Task TellAsync(Invocation invocation, RunReport report, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(invocation.Value(Output) ?? Path.Combine(invocation.Store, "reports", report.RunId));
        var files = await ReportFiles.WriteAsync(report, folder, cancellationToken);
        invocation.Answer(report);
        if (invocation.Json)
            return;
        ResultTable.Write(invocation.Terminal.CreateConsole(), report);
        invocation.Say($"report: {files.Html}");
        invocation.Say($"report: {files.Json}");
    }

    private static int Conclude(Invocation invocation, RunOutcome outcome)
    {
        if (outcome.Plan.Failure is not { } failure)
            return ExitCodes.Ok;
        invocation.Terminal.Error.WriteLine($"error: {new CommandError(failure.Code, failure.Reason, failure.Remedy).OneLine()}");
        return failure.Code == FailureCodes.Cancelled ? ExitCodes.Cancelled : ExitCodes.Failed;
    }

    private static string Command(Invocation invocation) => ShellText.Join(
    [
        "sparsepipe", "run", invocation.Required(RecipePath),
        .. invocation.StoreAsGiven == GlobalOptions.DefaultStore ? (string[])[] : ["--store", invocation.StoreAsGiven],
        .. invocation.Value(Runners) is { } runners ? (string[])["--runners", runners.ToString()] : [],
    ]);
}
