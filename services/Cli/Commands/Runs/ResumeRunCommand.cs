using System.CommandLine;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs resume RUN</c>: submits a stored recipe again.</summary>
internal static class ResumeRunCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    public static Command Create() => new CommandWithExamples(
        "resume",
        "Go on with a run from its stored recipe: lifts a cancellation and tries again what failed for a reason that can be mended. Then as `run`; of a finished run nothing is changed.",
        "sparsepipe runs resume sms-digits-0123456789ab",
        "sparsepipe runs resume sms-digits --profile distributed --detach")
    {
        Run, RunOptions.Runners, RunOptions.Output, OutputFiles.Force, RunOptions.Plain, RunOptions.Detach,
    }.Handle(RunAsync);

    /// <summary>The command line that resumes a run of the same store.</summary>
    public static string Text(Invocation invocation, string runId) => ShellText.Join([.. Words(runId), .. invocation.Where]);

    /// <summary>Goes on with a run; the call carries <see cref="RunOptions"/>.</summary>
    public static async Task<int> GoAsync(Invocation invocation, string run, CancellationToken cancellationToken)
    {
        var (runId, recipe, isFinished) = await ReadAsync(invocation, run, cancellationToken);
        // A report is written anew when somebody says where to.
        if (isFinished && invocation.Value(RunOptions.Output) is null)
            return SayFinished(invocation, runId);
        return await new RecipeRun(invocation, recipe, Words(runId)) { IsKnown = true }.GoAsync(cancellationToken);
    }

    private static Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        GoAsync(invocation, invocation.Required(Run), cancellationToken);

    private static int SayFinished(Invocation invocation, string runId)
    {
        invocation.Answer(new { RunId = runId, State = RunStates.Finished });
        invocation.Say($"{runId}: finished already, nothing is changed; --output FOLDER writes its report anew");
        return ExitCodes.Ok;
    }

    private static async Task<(string RunId, Recipe Recipe, bool IsFinished)> ReadAsync(
        Invocation invocation, string run, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var runId = await KnownRuns.FindAsync(store, run, cancellationToken);
        var recipe = await KnownRuns.RecipeAsync(store, runId, cancellationToken);
        var plan = await KnownRuns.PlanAsync(store, runId, cancellationToken);
        return (runId, recipe, plan.Finished && !RunPlanner.CanBeMended(plan));
    }

    private static string[] Words(string runId) => ["sparsepipe", "runs", "resume", runId];
}
