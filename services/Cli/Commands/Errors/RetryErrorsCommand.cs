using System.CommandLine;

namespace SparsePipeline.Cli.Commands.Errors;

/// <summary><c>errors retry</c>: gives messages another try.</summary>
internal static class RetryErrorsCommand
{
    public static Command Create() => new CommandWithExamples(
        "retry",
        "Send messages that were given up to where they failed, once the cause is mended. A message whose step is done meanwhile does no harm.",
        "sparsepipe errors retry 3f2b0000-ac11-0242-9c51-08de0f6b1d1c --yes --profile distributed",
        "sparsepipe errors retry --all --queue train-checkpoint --yes --profile distributed")
    {
        ErrorOptions.Id, ErrorOptions.All, ErrorOptions.Queue, ErrorOptions.Run, ErrorOptions.Yes,
    }.Handle(RunAsync);

    private static Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        ErrorChange.RunAsync(invocation, "sent again", (queues, filter) => queues.RetryAsync(filter, cancellationToken), cancellationToken);
}
