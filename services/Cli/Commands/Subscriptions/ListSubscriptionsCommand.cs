using System.CommandLine;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.Subscriptions;

/// <summary><c>subscriptions list</c>: which there are.</summary>
internal static class ListSubscriptionsCommand
{
    public static Command Create() => new CommandWithExamples(
        "list", "List the subscriptions of a gateway.", "sparsepipe subscriptions list --gateway http://localhost:8081 --key-file operator.key")
    {
        RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var found = await client.Subscriptions.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        invocation.Answer(new { Items = found });
        foreach (var one in found)
            invocation.Say($"{one.Name}  {(one.Paused ? "paused" : "on"),-6}  {one.Match.Model} → {one.Recipe.Name}");
        if (found.Count == 0)
            invocation.Say("no subscriptions yet");
        return ExitCodes.Ok;
    }
}
