using System.Text.Json;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Makes events of this deployment.</summary>
internal sealed class OutgoingEvents(IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>An event about a run.</summary>
    public OutgoingEvent OfRun(string runId, string type, string id, DateTimeOffset at, object data) => Of($"runs/{runId}", type, id, at, data) with { RunId = runId };

    /// <summary>An event about a webhook.</summary>
    public OutgoingEvent OfWebhook(string name, string type, string id, DateTimeOffset at, object data) => Of($"webhooks/{name}", type, id, at, data);

    private OutgoingEvent Of(string about, string type, string id, DateTimeOffset at, object data)
    {
        var source = $"/deployments/{options.Value.Deployment}/{about}";
        return new OutgoingEvent
        {
            EventKey = EventPaths.KeyOf(source, id),
            Type = type,
            Source = source,
            Id = id,
            Time = at,
            DataSchema = OutgoingType.Of(type).SchemaId,
            Data = JsonSerializer.SerializeToElement(data, data.GetType(), AnswerJson.Options),
            RecordedAt = time.GetUtcNow(),
            Nonce = Guid.NewGuid().ToString("N"),
        };
    }
}
