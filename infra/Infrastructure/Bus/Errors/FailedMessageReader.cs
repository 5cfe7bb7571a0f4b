using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace SparsePipeline.Infrastructure.Bus.Errors;

/// <summary>Reads what a failed message says about itself; whatever cannot be read is left out, because such messages fail, too.</summary>
internal static class FailedMessageReader
{
    /// <summary>Of longer bodies only the beginning is shown, in bytes.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    public static FailedMessage Read(string queue, BasicGetResult message)
    {
        var envelope = Parse(message.Body);
        var properties = message.BasicProperties;
        var content = Property(envelope, "message");
        return new FailedMessage
        {
            Id = properties.MessageId ?? Text(envelope, "messageId") ?? Convert.ToHexStringLower(SHA256.HashData(message.Body.Span))[..32],
            Queue = queue,
            Type = TypeOf(envelope),
            RunId = Text(content, "runId"),
            StepKey = Text(content, "stepKey"),
            Reason = ReasonOf(queue, properties),
            Exception = properties.Text(MessageHeaders.Exception),
            StackTrace = properties.Text(MessageHeaders.StackTrace),
            Host = properties.Text(MessageHeaders.Host) ?? Text(Property(envelope, "host"), "machineName"),
            At = Time(properties.Text(MessageHeaders.Timestamp) ?? Text(envelope, "sentTime")),
            Body = Encoding.UTF8.GetString(message.Body.Span[..Math.Min(message.Body.Length, MaxBodyBytes)]),
        };
    }

    private static string ReasonOf(string queue, IReadOnlyBasicProperties properties)
    {
        if (properties.Text(MessageHeaders.Message) is { } said)
            return said;
        if (properties.Death() is { } death)
            return $"The broker gave it up ({death}): too many deliveries ended without an answer, so perhaps it kills whoever takes it.";
        return queue.EndsWith(EndpointNames.SkippedSuffix, StringComparison.Ordinal)
            ? "No consumer of the queue knows this type of message: it was sent to the wrong queue, or by another version."
            : "No reason was given.";
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // urn:message:SparsePipeline.Contracts:TrainCheckpoint
    private static string? TypeOf(JsonElement? envelope) =>
        Property(envelope, "messageType") is { ValueKind: JsonValueKind.Array } types && types.GetArrayLength() > 0
        && types[0].ValueKind == JsonValueKind.String ? types[0].GetString()!.Split(':')[^1] : null;

    private static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } && element.Value.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
