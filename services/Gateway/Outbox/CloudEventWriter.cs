using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Outgoing events as CloudEvents 1.0.</summary>
internal static class CloudEventWriter
{
    private const string DataType = "application/json";

    /// <summary>Every attribute that the event has, as text, in the order in which it is written.</summary>
    public static IEnumerable<(string Name, string Value)> Attributes(OutgoingEvent outgoing)
    {
        yield return ("specversion", "1.0");
        yield return ("type", outgoing.Type);
        yield return ("source", outgoing.Source);
        yield return ("id", outgoing.Id);
        if (outgoing.Subject is { } subject)
            yield return ("subject", subject);
        yield return ("time", outgoing.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        yield return ("datacontenttype", DataType);
        yield return ("dataschema", outgoing.DataSchema);
        if (outgoing.TraceParent is { } trace)
            yield return ("traceparent", trace);
        if (outgoing.RunId is not { } runId)
            yield break;
        yield return ("runid", runId);
        if (outgoing.StepKind is { } kind)
            yield return ("stepkind", kind);
        yield return ("partitionkey", runId);
    }

    /// <summary>The event in the JSON format, on one line.</summary>
    public static byte[] Structured(OutgoingEvent outgoing)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Attributes(outgoing))
                json.WriteString(name, value);
            json.WritePropertyName("data");
            outgoing.Data.WriteTo(json);
            json.WriteEndObject();
        }
        return text.WrittenSpan.ToArray();
    }

    /// <summary>The data alone, on one line: the body of an event whose attributes are headers.</summary>
    public static byte[] Data(OutgoingEvent outgoing) => JsonSerializer.SerializeToUtf8Bytes(outgoing.Data);
}
