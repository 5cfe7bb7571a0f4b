using System.CommandLine;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.Subscriptions;

/// <summary><c>subscriptions apply FILE</c>: makes a subscription, or changes it into what a file says.</summary>
internal static class ApplySubscriptionCommand
{
    private static readonly Argument<string> FileArgument = new("FILE") { Description = "The subscription, in YAML or JSON, with its name." };

    public static Command Create() => new CommandWithExamples(
        "apply", "Make a subscription, or change it into what a file says. Runs that it has started go on.",
        "sparsepipe subscriptions apply digits-continuous.yaml --gateway http://localhost:8081 --key-file operator.key")
    {
        FileArgument, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var file = invocation.Required(FileArgument);
        WantedFile.Ensure(file, "FILE", "Give the path of a subscription.");
        var (name, rules) = SubscriptionFile.Read(file, await File.ReadAllTextAsync(file, cancellationToken));
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var before = await Known.OrNullAsync(() => client.Subscriptions.ReadAsync(name, cancellationToken));
        var after = (await client.Subscriptions.WriteAsync(name, rules, before?.Version, cancellationToken)).Value;
        invocation.Answer(after);
        invocation.Say($"{name}: {(before is null ? "made" : "changed")}{(after.Paused ? ", paused" : "")}");
        return ExitCodes.Ok;
    }
}
