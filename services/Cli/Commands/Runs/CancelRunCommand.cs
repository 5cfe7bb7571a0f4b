using System.CommandLine;
using SparsePipeline.Cli.Store;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs cancel RUN</c>: asks whoever works on a run to stop.</summary>
internal static class CancelRunCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    public static Command Create() => new CommandWithExamples(
        "cancel",
        "Ask whoever works on a run to stop: trainings save their place first. Finished steps stay; `runs resume` goes on.",
        "sparsepipe runs cancel sms-digits-0123456789ab",
        "sparsepipe runs cancel sms-digits --profile distributed")
    {
        Run,
    }.Handle(RunAsync);

    // Workers look for the cancellation with every heartbeat, so no bus is needed: it works also while the broker is down.
    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var runId = await KnownRuns.FindAsync(store, invocation.Required(Run), cancellationToken);
        await store.Runs.CancelAsync(runId, cancellationToken);
        invocation.Answer(new { RunId = runId, Cancelled = true });
        invocation.Say($"{runId}: cancelled; `{ResumeRunCommand.Text(invocation, runId)}` goes on with it");
        return ExitCodes.Ok;
    }
}
