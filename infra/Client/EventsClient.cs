using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>News of checkpoints: publish them, and see what became of them.</summary>
public sealed class EventsClient
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly GatewayConnection _connection;
    private readonly TimeProvider _time;

    internal EventsClient(GatewayConnection connection, TimeProvider time) => (_connection, _time) = (connection, time);

    /// <summary>Publishes a checkpoint. It is durable when this returns.</summary>
    public Task<EventAnswer> PublishAsync(TrainingEvent news, CancellationToken cancellationToken = default) =>
        _connection.AskAsync<EventAnswer>(Ask.Post("v1/events", news, "application/cloudevents+json"), cancellationToken);

    /// <summary>How far an event has come.</summary>
    public Task<PublishedEvent> ReadAsync(string eventKey, CancellationToken cancellationToken = default) =>
        _connection.AskAsync<PublishedEvent>(new Ask(HttpMethod.Get, $"v1/events/{Uri.EscapeDataString(eventKey)}"), cancellationToken);

    /// <summary>Events, newest first; a key of role publisher sees its own.</summary>
    /// <param name="model">Only of this model; null for all.</param>
    /// <param name="state">Only in this state, of <see cref="EventStates"/>; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<PublishedEvent> ListAsync(string? model = null, string? state = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync<PublishedEvent>(QueryText.Of("v1/events", ("model", model), ("state", state)), cancellationToken);

    /// <summary>Waits until an event has come to its end: its runs were started, or nobody wants it, or it was rejected.</summary>
    /// <param name="eventKey">The event.</param>
    /// <param name="patience">How long at most; an event that waits for its upload or for a debounce takes long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It had not come to its end by then.</exception>
    public async Task<PublishedEvent> WaitAsync(string eventKey, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        for (var start = _time.GetTimestamp(); ;)
        {
            var found = await ReadAsync(eventKey, cancellationToken);
            if (EventStates.IsFinal(found.State))
                return found;
            if (_time.GetElapsedTime(start) > patience)
                throw new TimeoutException($"The event {eventKey} is {found.State} after {patience.TotalSeconds:0} s.");
            await Task.Delay(Look, _time, cancellationToken);
        }
    }
}
