using System.CommandLine;
using SparsePipeline.Infrastructure.Bus.Errors;

namespace SparsePipeline.Cli.Commands.Errors;

/// <summary><c>errors list</c>: what was given up, and why.</summary>
internal static class ListErrorsCommand
{
    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "Show at most so many messages.",
        HelpName = "COUNT",
        DefaultValueFactory = _ => 100,
    };

    public static Command Create() => new CommandWithExamples(
        "list",
        "List the messages that were given up, with their reasons; they stay where they are. Those that nobody understood are in …_skipped.",
        "sparsepipe errors list --profile distributed",
        "sparsepipe errors list --profile distributed --queue train-checkpoint --run sms-digits --json")
    {
        ErrorOptions.Queue, ErrorOptions.Run, Limit,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var queues = BrokerOfProfile.ErrorQueues(invocation);
        var counts = await queues.CountAsync(cancellationToken);
        var messages = await queues.ListAsync(ErrorOptions.Where(invocation), invocation.Required(Limit), cancellationToken);
        invocation.Answer(new { Queues = counts, Messages = messages });
        foreach (var count in counts)
            invocation.Say($"{count.Queue}: {count.Messages}");
        foreach (var message in messages)
            invocation.Say(Line(message));
        if (counts.Count == 0)
            invocation.Say("no message was given up");
        return ExitCodes.Ok;
    }

    /// <summary>One message in one line.</summary>
    internal static string Line(FailedMessage message) =>
        $"{message.Id}  {message.At:u}  {message.Queue}  {message.Type ?? "unreadable"}  {message.RunId ?? "no run"}: {FirstLine(message.Reason)}";

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
