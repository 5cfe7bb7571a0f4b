using System.CommandLine;
using SparsePipeline.Cli.Remote;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands.Events;

/// <summary><c>events list</c>: what was published.</summary>
internal static class ListEventsCommand
{
    private const int Most = 100_000;
    private static readonly Option<string?> Model = new("--model") { Description = "Only of this model.", HelpName = "MODEL" };
    private static readonly Option<string?> State = new("--state") { Description = "Only in this state.", HelpName = string.Join('|', EventStates.All) };
    private static readonly Option<int> Limit = new("--limit") { Description = $"At most so many, 1 to {Most}.", HelpName = "N", DefaultValueFactory = _ => 100 };

    static ListEventsCommand() => State.AcceptOnlyFromAmong([.. EventStates.All]);

    public static Command Create() => new CommandWithExamples(
        "list",
        "List published events, newest first. A key of role publisher sees its own.",
        "sparsepipe events list --gateway http://localhost:8081 --key-file operator.key",
        "sparsepipe events list --state rejected --limit 20 --json --gateway http://localhost:8081 --key-file operator.key")
    {
        Model, State, Limit, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var limit = invocation.Value(Limit);
        if (limit is < 1 or > Most)
            throw new DomainException(FailureCodes.InvalidOption, $"--limit is {limit}.", $"Give 1 to {Most}.");
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var events = await client.Events.ListAsync(invocation.Value(Model), invocation.Value(State), cancellationToken).Take(limit).ToListAsync(cancellationToken);
        invocation.Answer(new { Items = events });
        foreach (var one in events)
            invocation.Say($"{one.EventKey}  {one.State,-10}  {one.ReceivedAt.UtcDateTime:u}  {one.Data.Model}  {one.Source}, {one.Id}");
        if (events.Count == 0)
            invocation.Say("no such events");
        return ExitCodes.Ok;
    }
}
