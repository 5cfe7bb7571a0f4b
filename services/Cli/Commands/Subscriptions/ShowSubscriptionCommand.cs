using System.CommandLine;
using System.Globalization;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.Subscriptions;

/// <summary><c>subscriptions show NAME</c>: what one does and has done.</summary>
internal static class ShowSubscriptionCommand
{
    public static Command Create() => new CommandWithExamples(
        "show", "Say what a subscription does, what it waits for and what it has started.",
        "sparsepipe subscriptions show digits-continuous --gateway http://localhost:8081 --key-file operator.key")
    {
        SubscriptionName.Argument, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var found = (await client.Subscriptions.ReadAsync(invocation.Required(SubscriptionName.Argument), cancellationToken)).Value;
        var (rules, state) = (found.Subscription, found.State);
        invocation.Answer(found);
        invocation.Say($"takes:    {rules.Match.Model}{Text(" with tag ", "=", rules.Match.Tags)}{Text(" where ", " ", rules.Match.Metrics)}");
        invocation.Say($"runs:     {rules.Recipe.Name}");
        invocation.Say(string.Create(CultureInfo.InvariantCulture,
            $"at most:  {rules.Concurrency} at once, {rules.MaxPerDay} a day, {rules.DebounceSeconds} s after the last event; newer events let begun runs {rules.Superseded}"));
        invocation.Say($"now:      {(rules.Paused ? "paused" : "on")}{(state.PendingSince is { } since ? $", an event waits since {since.UtcDateTime:u}" : "")}, {state.StartedToday} started on {state.Day:yyyy-MM-dd}");
        foreach (var start in state.Starts.Reverse())
            invocation.Say($"started:  {start.RunId ?? $"nothing: {start.Failure?.Reason}"} for {start.EventKey}{(start.RunId is not null && !start.HasEnded ? ", goes on" : "")}");
        return ExitCodes.Ok;
    }

    private static string Text(string lead, string between, IReadOnlyDictionary<string, string>? pairs) =>
        pairs is { Count: > 0 } ? lead + string.Join(", ", pairs.Select(p => $"{p.Key}{between}{p.Value}")) : "";
}
