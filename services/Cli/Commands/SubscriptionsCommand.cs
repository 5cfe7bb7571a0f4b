using System.CommandLine;
using SparsePipeline.Cli.Commands.Subscriptions;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>subscriptions …</c>: what a gateway runs with every new checkpoint of a model.</summary>
internal static class SubscriptionsCommand
{
    public static Command Create() => new("subscriptions", "Make, list, pause and end what a gateway runs with every new checkpoint of a model.")
    {
        ListSubscriptionsCommand.Create(),
        ShowSubscriptionCommand.Create(),
        ApplySubscriptionCommand.Create(),
        PauseSubscriptionCommand.Create("pause", "Start nothing for now; the newest event waits.", (client, name, token) => client.PauseAsync(name, token)),
        PauseSubscriptionCommand.Create("resume", "Go on after a pause.", (client, name, token) => client.ResumeAsync(name, token)),
        DeleteSubscriptionCommand.Create(),
    };
}
