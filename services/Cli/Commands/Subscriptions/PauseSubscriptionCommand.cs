using System.CommandLine;
using SparsePipeline.Cli.Remote;
using SparsePipeline.Client;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands.Subscriptions;

/// <summary><c>subscriptions pause NAME</c> and <c>subscriptions resume NAME</c>.</summary>
internal static class PauseSubscriptionCommand
{
    public static Command Create(string verb, string description, Func<SubscriptionsClient, string, CancellationToken, Task<Subscription>> change) => new CommandWithExamples(
        verb, description, $"sparsepipe subscriptions {verb} digits-continuous --gateway http://localhost:8081 --key-file operator.key")
    {
        SubscriptionName.Argument, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(async (invocation, cancellationToken) =>
    {
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var after = await change(client.Subscriptions, invocation.Required(SubscriptionName.Argument), cancellationToken);
        invocation.Answer(after);
        invocation.Say($"{after.Name}: {(after.Paused ? "paused" : "on")}");
        return ExitCodes.Ok;
    });
}
