using SparsePipeline.Infrastructure.Bus.Errors;

namespace SparsePipeline.Cli.Commands.Errors;

/// <summary>Changes error queues, but only when that was confirmed.</summary>
internal static class ErrorChange
{
    /// <summary>Says what would be done, or does it and says what was done.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="done">What a message is afterwards, for example <c>dropped</c>.</param>
    /// <param name="change">Does it and returns the messages it was done to.</param>
    /// <param name="cancellationToken">Stops in between: what was done stays done.</param>
    public static async Task<int> RunAsync(
        Invocation invocation,
        string done,
        Func<ErrorQueues, FailedMessageFilter, Task<IReadOnlyList<FailedMessage>>> change,
        CancellationToken cancellationToken)
    {
        var (queues, filter, yes) = (BrokerOfProfile.ErrorQueues(invocation), ErrorOptions.Filter(invocation), invocation.Value(ErrorOptions.Yes));
        var messages = yes ? await change(queues, filter) : await queues.ListAsync(filter, int.MaxValue, cancellationToken);
        if (filter.Id is { } id && messages.Count == 0)
            throw ErrorOptions.Unknown(id);
        invocation.Answer(new { Done = yes, Messages = messages.Select(m => new { m.Id, m.Queue, m.Type, m.RunId }) });
        foreach (var message in messages)
            invocation.Say(ListErrorsCommand.Line(message));
        invocation.Say(yes ? $"{messages.Count} {done}" : $"{messages.Count} would be {done}; nothing was changed, repeat with --yes");
        return ExitCodes.Ok;
    }
}
