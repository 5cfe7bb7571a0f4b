using System.CommandLine;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus.Errors;

namespace SparsePipeline.Cli.Commands.Errors;

/// <summary>How messages are picked, the same in all commands.</summary>
internal static class ErrorOptions
{
    public static Option<string?> Queue { get; } = new("--queue")
    {
        Description = "Only of this queue, with or without _error or _skipped.",
        HelpName = "NAME",
    };

    public static Option<string?> Run { get; } = new("--run") { Description = "Only of this run: its id or the beginning.", HelpName = "RUN" };

    public static Option<bool> All { get; } = new("--all") { Description = "All that --queue and --run leave, instead of one ID." };

    public static Option<bool> Yes { get; } = new("--yes") { Description = "Do it; without this the command only says what it would do." };

    public static Argument<string?> Id { get; } = new("ID")
    {
        Description = "Id of a message as `errors list` shows it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The messages meant by an id, or by <c>--all</c> with or without a filter.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: neither or both were given.</exception>
    public static FailedMessageFilter Filter(Invocation invocation)
    {
        var (id, all) = (invocation.Value(Id), invocation.Value(All));
        if (id is null != all)
        {
            throw new DomainException(
                FailureCodes.InvalidOption, id is null ? "Neither an ID nor --all was given." : $"Both the ID '{id}' and --all were given.",
                "Give one ID, or --all with --queue or --run to leave some out.");
        }
        return Where(invocation) with { Id = id };
    }

    /// <summary>What to throw when no queue holds the message asked for.</summary>
    public static DomainException Unknown(string id) => new(
        FailureCodes.MissingArtifact, $"No error queue holds a message '{id}'.", "`sparsepipe errors list` shows those there are.");

    /// <summary>The messages that <c>--queue</c> and <c>--run</c> leave.</summary>
    public static FailedMessageFilter Where(Invocation invocation) => new() { Queue = invocation.Value(Queue), Run = invocation.Value(Run) };
}
