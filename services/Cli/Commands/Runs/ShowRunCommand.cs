using System.CommandLine;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs show RUN</c>: where every step of a run stands.</summary>
internal static class ShowRunCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    public static Command Create() => new CommandWithExamples(
        "show",
        "Show where every step of a run stands, and why those failed that did.",
        "sparsepipe runs show sms-digits",
        "sparsepipe runs show sms-digits-0123456789ab --profile distributed --json")
    {
        Run,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var runId = await KnownRuns.FindAsync(store, invocation.Required(Run), cancellationToken);
        var plan = await KnownRuns.PlanAsync(store, runId, cancellationToken);
        var state = RunStates.Of(plan, await store.Runs.IsCancelledAsync(runId, cancellationToken));
        invocation.Answer(new
        {
            RunId = runId,
            State = state,
            plan.Workflow,
            plan.Failure,
            Steps = plan.Steps.Select(s => new { s.Node, s.Kind, State = StepStates.Text(s.State), s.Key, s.Result?.Seconds, s.Result?.Failure, s.Unknown }),
        });
        invocation.Say($"{runId}: {state}{(plan.Failure is { } failure ? $": {failure.Reason} {failure.Remedy}" : "")}");
        if (plan.Unknown.FirstOrDefault() is { } unknown && !plan.HasEnded)
            invocation.Say(
                $"  waits for workers of the version that submitted it: this version does not know all of {unknown.Node} (kind '{unknown.Kind}'): {unknown.Unknown}");
        foreach (var step in plan.Steps)
            invocation.Say($"  {StepStates.Text(step.State),-11} {step.Node}{Detail(step)}");
        return ExitCodes.Ok;
    }

    private static string Detail(PlannedStep step) => step.Result switch
    {
        null => step.Unknown is null ? "" : " (of another version)",
        { Failure: { } failure } => $": {failure.Reason}",
        var result => $" ({Figures.Duration(result.Seconds)})",
    };
}
