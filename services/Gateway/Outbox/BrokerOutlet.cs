using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Sends every event to the broker, in the binary mode of the AMQP binding of CloudEvents: attributes are headers, the body is the data.</summary>
/// <remarks>The id of a message is the key of its event: ids of CloudEvents are unique for their source only.</remarks>
internal sealed class BrokerOutlet(EventExchange exchange) : IOutlet
{
    private const string Prefix = "cloudEvents_";
    private const string ContentType = "datacontenttype";

    public async Task TakeAsync(IReadOnlyList<OutgoingEvent> events, Action<OutgoingEvent> taken, CancellationToken cancellationToken)
    {
        await exchange.PublishAsync([.. events.Select(MessageOf)], cancellationToken);
        foreach (var one in events)
            taken(one);
    }

    /// <summary>An event as it is sent.</summary>
    public static EventMessage MessageOf(OutgoingEvent outgoing)
    {
        var attributes = CloudEventWriter.Attributes(outgoing).ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal);
        attributes.Remove(ContentType, out var contentType);
        return new EventMessage(
            outgoing.EventKey, outgoing.Type, contentType!, attributes.ToDictionary(a => Prefix + a.Key, a => a.Value, StringComparer.Ordinal), CloudEventWriter.Data(outgoing));
    }
}
