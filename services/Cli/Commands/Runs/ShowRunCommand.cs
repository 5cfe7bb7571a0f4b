using System.CommandLine;
using SparsePipeline.Cli.Pipelines;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Cli.Store;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs show RUN</c>: where every step of a run stands, and who is there to do the rest.</summary>
internal static class ShowRunCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    public static Command Create() => new CommandWithExamples(
        "show",
        "Show where every step of a run stands, why those failed or rest that do, and with a shared bus which workers there are.",
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
        var steps = new List<StepStanding>();
        foreach (var step in plan.Steps)
            steps.Add(await StepStanding.ReadAsync(store, step, cancellationToken));
        var (workers, away) = plan.HasEnded || !invocation.Settings.HasSharedBus ? (null, null) : await WorkersAsync(invocation.Settings, cancellationToken);
        invocation.Answer(new
        {
            RunId = runId,
            State = state,
            plan.Workflow,
            plan.Failure,
            Workers = workers,
            Steps = steps.Select(s => new
            {
                s.Step.Node,
                s.Step.Kind,
                State = StepStates.Text(s.Step.State),
                s.Step.Key,
                s.Step.Result?.Seconds,
                s.Step.Result?.Worker,
                s.Machine,
                s.Step.Result?.Failure,
                s.Step.Unknown,
                s.Claim?.Holder,
                s.Claim?.Rests,
            }),
        });
        invocation.Say($"{runId}: {state}{(plan.Failure is { } failure ? $": {failure.Reason} {failure.Remedy}" : "")}");
        if (plan.Unknown.FirstOrDefault() is { } unknown && !plan.HasEnded)
            invocation.Say(
                $"  waits for workers of the version that submitted it: this version does not know all of {unknown.Node} (kind '{unknown.Kind}'): {unknown.Unknown}");
        foreach (var standing in steps)
            invocation.Say($"  {StepStates.Text(standing.Step.State),-11} {standing.Step.Node}{standing.Detail}");
        if (workers is not null || away is not null)
            invocation.Say($"  workers: {away ?? string.Join(", ", workers!.Select(w => $"{w.Value} {w.Key}{(w.Value == 1 ? "" : "s")}"))}");
        return ExitCodes.Ok;
    }

    // The store says where the steps stand even while the broker is away.
    private static async Task<(IReadOnlyDictionary<string, uint>? Workers, string? Away)> WorkersAsync(CommandSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var broker = await BrokerProbe.ConnectAsync(settings.Broker, cancellationToken);
            return (await WorkerQueues.CountAsync(broker, cancellationToken), null);
        }
        catch (BrokerUnavailableException away)
        {
            return (null, $"nobody knows. {away.Reason} {away.Remedy}");
        }
    }
}
