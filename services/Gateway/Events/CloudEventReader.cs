using System.Text.Json;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Events;

/// <summary>Reads CloudEvents as the HTTP protocol binding sends them: structured, binary, or a batch of structured ones.</summary>
internal static class CloudEventReader
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    private const string HeaderPrefix = "ce-";
    private const string Json = "application/json";
    private const int MostBatch = 100;

    /// <summary>The media type of a request, without its parameters.</summary>
    /// <exception cref="RefusedRequestException">415: it is none that carries events.</exception>
    public static string KindOf(HttpContext context)
    {
        var kind = (context.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return kind is Structured or Batch || (kind == Json && context.Request.Headers.Keys.Any(IsAttribute)) ? kind : throw RefusedRequestException.Of(
            StatusCodes.Status415UnsupportedMediaType, "content-type", $"The content type '{kind}' carries no event here.",
            $"Send {Structured}, or {Json} with the attributes as headers ce-…, or {Batch}.");
    }

    /// <summary>The one event of a request.</summary>
    /// <exception cref="RefusedRequestException">It is none, or some attribute is wrong.</exception>
    public static CloudEvent One(HttpContext context, string kind, byte[] body) => kind == Structured ? Read(RequestBody.Object(body)) : Binary(context.Request.Headers, body);

    /// <summary>The events of a batch, each still to be read.</summary>
    /// <exception cref="RefusedRequestException">400: it is no list, or too long.</exception>
    public static IReadOnlyList<JsonElement> Many(byte[] body) => RequestBody.Json(body) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() <= MostBatch
        ? [.. list.EnumerateArray()]
        : throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-batch", "The batch is no list of events, or a longer one than is taken.", $"Send a JSON list of at most {MostBatch} events.");

    /// <summary>A structured event.</summary>
    /// <exception cref="RefusedRequestException">Some attribute is wrong.</exception>
    public static CloudEvent Read(JsonElement json)
    {
        var attributes = new EventAttributes();
        var data = default(JsonElement);
        if (json.ValueKind != JsonValueKind.Object)
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-json", "An event is no JSON object.", "Send one: { … }.");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name == "data")
                data = property.Value;
            else if (property.Name == "data_base64")
                attributes.Wrong("data_base64", "carries bytes", "Send the data as JSON in data.");
            else if (TextOf(property.Value) is { } text)
                attributes.Add(property.Name, text);
            else if (property.Value.ValueKind != JsonValueKind.Null)
                attributes.Wrong(property.Name, "is no text, number or truth value", "Send one, or put it into data.");
        }
        return attributes.With(data);
    }

    private static CloudEvent Binary(IHeaderDictionary headers, byte[] body)
    {
        var attributes = new EventAttributes();
        foreach (var (name, values) in headers.Where(h => IsAttribute(h.Key)))
            attributes.Add(name[HeaderPrefix.Length..].ToLowerInvariant(), Uri.UnescapeDataString(values.ToString()));
        // Trace headers of HTTP itself count where the event has none of its own.
        if (!headers.ContainsKey("ce-traceparent") && headers.TryGetValue("traceparent", out var trace))
            attributes.Add("traceparent", trace.ToString());
        return attributes.With(RequestBody.Json(body));
    }

    private static bool IsAttribute(string header) => header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase);

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
