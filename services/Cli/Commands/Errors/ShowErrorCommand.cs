using System.CommandLine;
using SparsePipeline.Infrastructure.Bus.Errors;

namespace SparsePipeline.Cli.Commands.Errors;

/// <summary><c>errors show ID</c>: everything that is known of one message.</summary>
internal static class ShowErrorCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Id of a message as `errors list` shows it." };

    public static Command Create() => new CommandWithExamples(
        "show",
        "Show a message that was given up: run, step, exception with its trace, machine, time and body. It stays where it is.",
        "sparsepipe errors show 3f2b0000-ac11-0242-9c51-08de0f6b1d1c --profile distributed",
        "sparsepipe errors show 3f2b0000-ac11-0242-9c51-08de0f6b1d1c --profile distributed --json")
    {
        Id,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var id = invocation.Required(Id);
        var found = await BrokerOfProfile.ErrorQueues(invocation).ListAsync(new() { Id = id }, 1, cancellationToken);
        if (found is not [var message])
            throw ErrorOptions.Unknown(id);
        invocation.Answer(message);
        foreach (var (name, value) in Lines(message).Where(line => line.Value is not null))
            invocation.Say($"{name,-10} {value}");
        return ExitCodes.Ok;
    }

    private static IEnumerable<(string Name, string? Value)> Lines(FailedMessage message) =>
    [
        ("id", message.Id), ("queue", message.Queue), ("type", message.Type), ("run", message.RunId), ("step", message.StepKey),
        ("at", message.At?.ToString("u")), ("machine", message.Host), ("reason", message.Reason), ("exception", message.Exception),
        ("trace", message.StackTrace), ("body", message.Body),
    ];
}
