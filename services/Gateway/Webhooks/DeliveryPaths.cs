using System.Globalization;
using System.Text.RegularExpressions;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Webhooks;

/// <summary>Keys of deliveries.</summary>
internal static partial class DeliveryPaths
{
    /// <summary>Marks of deliveries that have not come to their end, by webhook.</summary>
    public const string Due = "outbox/due/";

    private const string Extension = ".json";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfffffff";

    /// <summary>The id of the delivery of an event; the same for whoever makes it.</summary>
    public static string IdOf(OutgoingEvent outgoing) => $"{outgoing.RecordedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{outgoing.EventKey}";

    /// <summary>Whether a delivery could have this id, so that nothing else ever becomes part of a key.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>The key of the event of a delivery.</summary>
    public static string EventOf(string id) => id[(id.IndexOf('-') + 1)..];

    /// <summary>When the event of a delivery was written down; null when the text is no id.</summary>
    public static DateTimeOffset? TimeOf(string id) =>
        IsId(id) && DateTimeOffset.TryParseExact(id.AsSpan(0, id.IndexOf('-')), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static string All(string webhook) => $"outbox/deliveries/{webhook}/";

    public static string Delivery(string webhook, string id) => All(webhook) + id + Extension;

    public static string Mark(string webhook, string id) => $"{Due}{webhook}/{id}{Extension}";

    /// <summary>The webhook and the delivery of a mark.</summary>
    public static (string Webhook, string Id) ReadMark(string path) =>
        path[Due.Length..^Extension.Length].Split('/') is [var webhook, var id] ? (webhook, id) : throw new ArgumentException($"'{path}' is no mark.", nameof(path));

    [GeneratedRegex("^[0-9]{8}T[0-9]{13}-[0-9a-f]{32}$", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
