using System.CommandLine;

namespace SparsePipeline.Cli.Commands.Errors;

/// <summary><c>errors drop</c>: throws messages away.</summary>
internal static class DropErrorsCommand
{
    public static Command Create() => new CommandWithExamples(
        "drop",
        "Throw messages that were given up away. Their steps stay undone; the sweep sends a command again when its run still needs the step.",
        "sparsepipe errors drop 3f2b0000-ac11-0242-9c51-08de0f6b1d1c --yes --profile distributed",
        "sparsepipe errors drop --all --run sms-digits --yes --profile distributed")
    {
        ErrorOptions.Id, ErrorOptions.All, ErrorOptions.Queue, ErrorOptions.Run, ErrorOptions.Yes,
    }.Handle(RunAsync);

    private static Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        ErrorChange.RunAsync(invocation, "dropped", (queues, filter) => queues.DropAsync(filter, cancellationToken), cancellationToken);
}
