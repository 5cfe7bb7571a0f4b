using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Pipelines;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Reports;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Runs;

/// <summary>Runs a recipe in this process, or follows it where it runs, and writes its report.</summary>
/// <param name="invocation">The call; it carries <see cref="RunOptions"/>.</param>
/// <param name="recipe">A valid recipe.</param>
/// <param name="command">What was typed, without options.</param>
internal sealed class RecipeRun(Invocation invocation, Recipe recipe, params string[] command)
{
    private readonly string _runId = RunId.Of(recipe);

    /// <summary>What the recipe refers to and the store may not have.</summary>
    public IReadOnlyList<LocalFile> Files { get; init; } = [];

    /// <summary>Whether it was submitted before: its files are in the store, and its data may be only where the workers are, so nothing here can be asked about it.</summary>
    public bool IsKnown { get; init; }

    private string Command => ShellText.Join(
    [
        .. command,
        .. invocation.Where,
        .. invocation.Value(RunOptions.Runners) is { } runners ? (string[])["--runners", runners.ToString()] : [],
    ]);

    /// <summary>Returns one of <see cref="ExitCodes"/>.</summary>
    /// <exception cref="DomainException">An option does not go with where the workers are.</exception>
    public async Task<int> GoAsync(CancellationToken cancellationToken)
    {
        WorkerPlace.Check(invocation, recipe);
        // A report in the store is the run's own and is written anew; elsewhere it must not replace what somebody else put there.
        if (invocation.Value(RunOptions.Output) is { } folder)
            OutputFiles.Prepare(invocation, ReportFiles.In(folder), []);
        try
        {
            return invocation.Value(RunOptions.Detach) ? await SubmitAsync(cancellationToken) : await FollowAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            invocation.Refuse(new CommandError("cancelled", Stopped(), $"{(invocation.Settings.HasSharedBus ? "Follow" : "Resume")} with: {Command}"));
            return ExitCodes.Cancelled;
        }
    }

    private async Task<int> SubmitAsync(CancellationToken cancellationToken)
    {
        await using var pipeline = await PipelineOpening.ConnectAsync(invocation, cancellationToken);
        await PrepareAsync(pipeline, cancellationToken);
        var plan = await pipeline.SubmitAsync(recipe, cancellationToken);
        var state = RunStates.Of(plan, isCancelled: false);
        invocation.Answer(new { RunId = _runId, State = state, Follow = Command });
        invocation.Say($"{_runId}: {(state == RunStates.Unfinished ? "submitted" : state)}");
        invocation.Say($"follow it:    {Command}");
        invocation.Say($"look at it:   {Runs("show")}");
        invocation.Say($"cancel it:    {Runs("cancel")}");
        return ExitCodes.Ok;
    }

    private async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        await using var pipeline = await PipelineOpening.OpenAsync(invocation, cancellationToken);
        await PrepareAsync(pipeline, cancellationToken);
        var outcome = await FollowAsync(pipeline, cancellationToken);
        var report = await RunReports.BuildAsync(recipe, outcome, pipeline.Artifacts, Command, cancellationToken);
        await TellAsync(report, cancellationToken);
        return Conclude(outcome);
    }

    private async Task PrepareAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (!IsKnown)
            await RunCheck.EnsureAsync(invocation, pipeline, recipe, Files, cancellationToken);
        foreach (var file in Files)
            await file.StoreAsync(pipeline.Artifacts, cancellationToken);
    }

    private Task<RunOutcome> FollowAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var isShared = invocation.Settings.HasSharedBus;
        var progress = new RunProgress(isShared ? null : invocation.Value(RunOptions.Runners) ?? System.Environment.ProcessorCount);
        var isLive = invocation.Terminal.IsInteractive && !invocation.Json && !invocation.Value(RunOptions.Plain);
        if (isLive)
            return new LiveProgress(progress, invocation.Terminal.CreateConsole(), TimeProvider.System, isShared)
                .ShowAsync(observer => pipeline.RunAsync(recipe, observer, cancellationToken));
        var lines = invocation.Json ? invocation.Terminal.Error : invocation.Terminal.Output;
        return pipeline.RunAsync(recipe, new PlainProgress(progress, lines, TimeProvider.System), cancellationToken);
    }

    // The last two lines are the report's paths, also of a run that failed: scripts rely on it.
    private async Task TellAsync(RunReport report, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(invocation.Value(RunOptions.Output) ?? Path.Combine(invocation.Settings.Folder, "reports", report.RunId));
        var files = await ReportFiles.WriteAsync(report, folder, cancellationToken);
        invocation.Answer(report);
        if (invocation.Json)
            return;
        ResultTable.Write(invocation.Terminal.CreateConsole(), report);
        invocation.Say($"report: {files.Html}");
        invocation.Say($"report: {files.Json}");
    }

    private int Conclude(RunOutcome outcome)
    {
        if (outcome.Plan.Failure is not { } failure)
            return ExitCodes.Ok;
        invocation.Terminal.Error.WriteLine($"error: {new CommandError(failure.Code, failure.Reason, failure.Remedy).OneLine()}");
        return failure.Code == FailureCodes.Cancelled ? ExitCodes.Cancelled : ExitCodes.Failed;
    }

    private string Stopped() => invocation.Settings.HasSharedBus
        ? $"Stopped following; the run {_runId} goes on ({Runs("cancel")} cancels it)."
        : "Stopped; finished steps and resume points are kept.";

    private string Runs(string verb) => ShellText.Join(["sparsepipe", "runs", verb, _runId, .. invocation.Where]);
}
