using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Bus.Ingest;

namespace SparsePipeline.Gateway.Events;

/// <summary>Reads CloudEvents as the AMQP protocol binding sends them, structured or binary.</summary>
internal static class AmqpEventReader
{
    // The binding has the one; brokers and clients that cannot have a colon in a name send the other.
    private static readonly string[] Prefixes = ["cloudEvents_", "cloudEvents:"];

    /// <summary>The event; null when the message says by nothing that it is one.</summary>
    /// <exception cref="RefusedRequestException">It says so, and something about it is wrong.</exception>
    public static CloudEvent? Read(IngestMessage message)
    {
        if (message.Body.Length > RequestBody.MostBytesOfDocument)
            throw RequestBody.TooLarge(RequestBody.MostBytesOfDocument);
        if ((message.ContentType ?? "").Split(';')[0].Trim().Equals(CloudEventReader.Structured, StringComparison.OrdinalIgnoreCase))
            return CloudEventReader.Read(RequestBody.Object(message.Body));
        var attributes = new EventAttributes();
        var isEvent = false;
        foreach (var (name, value) in message.Headers)
        {
            if (Prefixes.FirstOrDefault(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)) is not { } prefix)
                continue;
            isEvent = true;
            attributes.Add(name[prefix.Length..].ToLowerInvariant(), value);
        }
        if (!isEvent)
            return null;
        if (message.ContentType is { Length: > 0 } type)
            attributes.Add("datacontenttype", type);
        return attributes.With(RequestBody.Json(message.Body));
    }
}
