using System.CommandLine;

namespace SparsePipeline.Cli.Commands.Subscriptions;

/// <summary>The argument that names a subscription.</summary>
internal static class SubscriptionName
{
    public static Argument<string> Argument { get; } = new("NAME") { Description = "The subscription." };
}
