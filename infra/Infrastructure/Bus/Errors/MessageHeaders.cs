using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace SparsePipeline.Infrastructure.Bus.Errors;

/// <summary>What was written on a message when it was given up.</summary>
internal static class MessageHeaders
{
    public const string Exception = "MT-Fault-ExceptionType";
    public const string Message = "MT-Fault-Message";
    public const string StackTrace = "MT-Fault-StackTrace";
    public const string Timestamp = "MT-Fault-Timestamp";
    public const string Host = "MT-Host-MachineName";

    // Written by the broker when it gives a message up itself.
    private const string Deaths = "x-death";
    private static readonly string[] OfFailure =
    [
        "MT-Fault-", "MT-Host-", "MT-Reason", "MT-Redelivery-", Deaths, "x-first-death-", "x-last-death-", "x-delivery-count",
    ];

    public static string? Text(this IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) == true ? AsText(value) : null;

    /// <summary>The broker's reason, for example <c>delivery_limit</c>; null when a consumer gave the message up.</summary>
    public static string? Death(this IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(Deaths, out var deaths) == true
        && deaths is IList<object?> and [IDictionary<string, object?> death, ..]
        && death.TryGetValue("reason", out var reason) ? AsText(reason) : null;

    /// <summary>The properties of the message as it was before it failed.</summary>
    public static BasicProperties BeforeFailure(this IReadOnlyBasicProperties properties)
    {
        var before = new BasicProperties(properties) { Persistent = true };
        before.Headers = properties.Headers?
            .Where(header => !Array.Exists(OfFailure, prefix => header.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);
        return before;
    }

    private static string? AsText(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        AmqpTimestamp time => DateTimeOffset.FromUnixTimeSeconds(time.UnixTime).ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
