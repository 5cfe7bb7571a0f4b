using System.CommandLine;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.Events;

/// <summary><c>events show KEY</c>: how far an event has come, and what followed from it.</summary>
internal static class ShowEventCommand
{
    private static readonly Argument<string> Key = new("EVENT") { Description = "The key that publish answered, or events list." };
    private static readonly Option<int?> Wait = EventWait.Option("shown");

    public static Command Create() => new CommandWithExamples(
        "show",
        "Say how far an event has come and what followed from it. Ends with 3 for one that was rejected.",
        "sparsepipe events show 5f0c6a1e9d3b48f7a2c4e6081b3d5f79 --gateway http://localhost:8081 --key-file publisher.key",
        "sparsepipe events show 5f0c6a1e9d3b48f7a2c4e6081b3d5f79 --wait 600 --json --gateway http://localhost:8081 --key-file publisher.key")
    {
        Key, Wait, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var key = invocation.Required(Key);
        return EventText.Answer(invocation, invocation.Value(Wait) is { } seconds
            ? await EventWait.ForAsync(client, key, seconds, cancellationToken)
            : await client.Events.ReadAsync(key, cancellationToken));
    }
}
