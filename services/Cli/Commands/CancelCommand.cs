using System.CommandLine;
using SparsePipeline.Cli.Store;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>cancel RUN</c>: asks whoever works on a run to stop.</summary>
internal static class CancelCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "A run id or its beginning." };

    public static Command Create() => new CommandWithExamples(
        "cancel",
        "Ask whoever works on a run to stop. Finished steps stay; running the recipe again resumes it.",
        "sparsepipe cancel sms-digits-0123456789ab")
    {
        Run,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Store);
        var runId = await KnownRuns.FindAsync(store, invocation.Required(Run), cancellationToken);
        await store.Runs.CancelAsync(runId, cancellationToken);
        invocation.Answer(new { RunId = runId, Cancelled = true });
        invocation.Say($"{runId}: cancelled; running its recipe again resumes it");
        return ExitCodes.Ok;
    }
}
