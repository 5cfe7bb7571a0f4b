using System.CommandLine;
using SparsePipeline.Cli.Reports;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>status [RUN]</c>: where the runs of a store stand.</summary>
internal static class StatusCommand
{
    private static readonly Argument<string?> Run = new("RUN")
    {
        Description = "A run id or its beginning; all runs when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() => new CommandWithExamples(
        "status",
        "Show the runs of a store, or the steps of one run.",
        "sparsepipe status",
        "sparsepipe status sms-digits",
        "sparsepipe status sms-digits-0123456789ab --json")
    {
        Run,
    }.Handle((invocation, cancellationToken) => invocation.Value(Run) is { } run
        ? ShowAsync(invocation, run, cancellationToken)
        : ListAsync(invocation, cancellationToken));

    private static async Task<int> ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Store);
        var runs = new List<object>();
        await foreach (var runId in store.Runs.ListAsync(cancellationToken))
        {
            var plan = await KnownRuns.PlanAsync(store, runId, cancellationToken);
            var state = StepStates.Text(plan, await store.Runs.IsCancelledAsync(runId, cancellationToken));
            var done = plan.Steps.Count(s => s.State == StepState.Done);
            runs.Add(new { RunId = runId, State = state, Done = done, Total = plan.Steps.Count });
            invocation.Say($"{state,-11} {runId}  {done} of {plan.Steps.Count} steps done");
        }

        invocation.Answer(runs);
        if (runs.Count == 0)
            invocation.Say("no runs yet");
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(Invocation invocation, string text, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Store);
        var runId = await KnownRuns.FindAsync(store, text, cancellationToken);
        var plan = await KnownRuns.PlanAsync(store, runId, cancellationToken);
        var state = StepStates.Text(plan, await store.Runs.IsCancelledAsync(runId, cancellationToken));
        invocation.Answer(new
        {
            RunId = runId,
            State = state,
            plan.Failure,
            Steps = plan.Steps.Select(s => new { s.Node, s.Kind, State = StepStates.Text(s.State), s.Key, s.Result?.Seconds, s.Result?.Failure }),
        });
        invocation.Say($"{runId}: {state}{(plan.Failure is { } failure ? $": {failure.Reason} {failure.Remedy}" : "")}");
        foreach (var step in plan.Steps)
            invocation.Say($"  {StepStates.Text(step.State),-11} {step.Node}{(step.Result is { } result ? $" ({Figures.Duration(result.Seconds)})" : "")}");
        return ExitCodes.Ok;
    }
}
