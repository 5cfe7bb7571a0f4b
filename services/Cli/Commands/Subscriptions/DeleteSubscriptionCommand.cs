using System.CommandLine;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.Subscriptions;

/// <summary><c>subscriptions delete NAME</c>.</summary>
internal static class DeleteSubscriptionCommand
{
    public static Command Create() => new CommandWithExamples(
        "delete", "End a subscription; what it has started goes on.",
        "sparsepipe subscriptions delete digits-continuous --gateway http://localhost:8081 --key-file operator.key")
    {
        SubscriptionName.Argument, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Required(SubscriptionName.Argument);
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var version = (await client.Subscriptions.ReadAsync(name, cancellationToken)).Version;
        await client.Subscriptions.DeleteAsync(name, version, cancellationToken);
        invocation.Answer(new { Name = name, Deleted = true });
        invocation.Say($"{name}: deleted");
        return ExitCodes.Ok;
    }
}
