using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SparsePipeline.Infrastructure.Bus.Ingest;

namespace SparsePipeline.Infrastructure.Bus.Errors;

/// <summary>
/// The error and skipped queues of the pipeline, over AMQP alone. A message leaves its queue only once it is confirmed elsewhere or was
/// to be dropped: a crash in between may double it and never loses it.
/// </summary>
/// <param name="options">Names the broker.</param>
public sealed class ErrorQueues(RabbitMqOptions options)
{
    private static readonly string[] Names =
        [.. EndpointNames.All.SelectMany(name => new[] { name + EndpointNames.ErrorSuffix, name + EndpointNames.SkippedSuffix }), IngestTopology.ErrorQueue];

    /// <summary>Counts every queue that holds something.</summary>
    /// <exception cref="IOException">The broker does not answer.</exception>
    public async Task<IReadOnlyList<ErrorQueueCount>> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await BrokerConnections.OpenAsync(options, cancellationToken);
        var counts = new List<ErrorQueueCount>();
        foreach (var queue in Names)
        {
            await using var visit = await BeginAsync(connection, queue, cancellationToken);
            if (visit is { Messages: > 0 })
                counts.Add(new(queue, visit.Messages));
        }
        return counts;
    }

    /// <summary>How many messages wait in every queue of the pipeline that is there.</summary>
    /// <exception cref="IOException">The broker does not answer.</exception>
    public async Task<IReadOnlyList<ErrorQueueCount>> CountAllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await BrokerConnections.OpenAsync(options, cancellationToken);
        var counts = new List<ErrorQueueCount>();
        foreach (var queue in EndpointNames.All.Append(IngestTopology.Queue).Concat(Names))
        {
            await using var visit = await BeginAsync(connection, queue, cancellationToken);
            if (visit is not null)
                counts.Add(new(queue, visit.Messages));
        }
        return counts;
    }

    /// <summary>Reads messages and leaves them where they are; those of one queue in its order.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IOException">The broker does not answer.</exception>
    public Task<IReadOnlyList<FailedMessage>> ListAsync(FailedMessageFilter filter, int limit, CancellationToken cancellationToken) =>
        VisitAsync(filter, limit, (_, _, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Sends messages to the endpoint they failed at, as they were; returns them.</summary>
    /// <exception cref="IOException">The broker does not answer, or has no such endpoint any more: the message stays.</exception>
    public Task<IReadOnlyList<FailedMessage>> RetryAsync(FailedMessageFilter filter, CancellationToken cancellationToken) => VisitAsync(
        filter, int.MaxValue, (visit, found, queue) => visit.SendBackAsync(found, EndpointOf(queue), cancellationToken), cancellationToken);

    /// <summary>Throws messages away; returns them.</summary>
    /// <exception cref="IOException">The broker does not answer.</exception>
    public Task<IReadOnlyList<FailedMessage>> DropAsync(FailedMessageFilter filter, CancellationToken cancellationToken) => VisitAsync(
        filter, int.MaxValue, (visit, found, _) => visit.RemoveAsync(found, cancellationToken).AsTask(), cancellationToken);

    private async Task<IReadOnlyList<FailedMessage>> VisitAsync(
        FailedMessageFilter filter, int limit, Func<ErrorQueueVisit, BasicGetResult, string, Task> act, CancellationToken cancellationToken)
    {
        await using var connection = await BrokerConnections.OpenAsync(options, cancellationToken);
        var matches = new List<FailedMessage>();
        OperationInterruptedException? closed = null;
        foreach (var queue in filter.QueuesOf(Names))
        {
            await using var visit = await BeginAsync(connection, queue, cancellationToken);
            try
            {
                // No more than there were: what fails again meanwhile is not taken in the same visit.
                for (var left = visit?.Messages ?? 0; left > 0 && matches.Count < limit; left--)
                {
                    if (await visit!.NextAsync(cancellationToken) is not { } found)
                        break;
                    var message = FailedMessageReader.Read(queue, found);
                    if (!filter.Matches(message))
                        continue;
                    await act(visit, found, queue);
                    matches.Add(message);
                }
            }
            catch (OperationInterruptedException refused) when (BrokerErrors.IsRefusal(refused))
            {
                closed = refused;
            }
        }
        // A user that may look into some queues only is shown those; who finds nothing is told that there may be more.
        return closed is null || matches.Count > 0 ? matches : throw BrokerErrors.OfPermission(options, closed);
    }

    private async Task<ErrorQueueVisit?> BeginAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        try
        {
            return await ErrorQueueVisit.BeginAsync(connection, queue, cancellationToken);
        }
        catch (OperationInterruptedException refused)
        {
            throw BrokerErrors.OfPermission(options, refused);
        }
    }

    private static string EndpointOf(string queue) => queue[..queue.LastIndexOf('_')];
}
