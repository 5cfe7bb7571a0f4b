using System.CommandLine;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs resume RUN</c>: submits a stored recipe again.</summary>
internal static class ResumeRunCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    public static Command Create() => new CommandWithExamples(
        "resume",
        "Go on with a run from its stored recipe: lifts a cancellation and tries again what failed for a reason that can be mended. Then as `run`.",
        "sparsepipe runs resume sms-digits-0123456789ab",
        "sparsepipe runs resume sms-digits --profile distributed --detach")
    {
        Run, RunOptions.Runners, RunOptions.Output, RunOptions.Plain, RunOptions.Detach,
    }.Handle(RunAsync);

    /// <summary>The command line that resumes a run of the same store.</summary>
    public static string Text(Invocation invocation, string runId) => ShellText.Join([.. Words(runId), .. invocation.Where]);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (runId, recipe) = await ReadAsync(invocation, cancellationToken);
        return await new RecipeRun(invocation, recipe, Words(runId)).GoAsync(cancellationToken);
    }

    private static async Task<(string RunId, Recipe Recipe)> ReadAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var runId = await KnownRuns.FindAsync(store, invocation.Required(Run), cancellationToken);
        return (runId, await KnownRuns.RecipeAsync(store, runId, cancellationToken));
    }

    private static string[] Words(string runId) => ["sparsepipe", "runs", "resume", runId];
}
