using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Gateway.Events;

/// <summary>Keys of events: the document, the mark of those that have not come to their end, and the entry by day of receipt.</summary>
internal static class EventPaths
{
    public const string Pending = "events/pending/";
    public const string Index = "index/events/";

    private const string Extension = ".json";
    private const int KeyLength = 32;
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The first 32 hexadecimal digits of the SHA-256 of source, line feed and id.</summary>
    public static string KeyOf(string source, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{id}")))[..KeyLength];

    /// <summary>Whether an event could have this key.</summary>
    public static bool IsKey(string text) => text.Length == KeyLength && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    public static string Event(string eventKey) => $"events/{eventKey}{Extension}";

    public static string Mark(string eventKey) => Pending + eventKey + Extension;

    public static string EventOfMark(string path) => path[Pending.Length..^Extension.Length];

    /// <summary>Sorts by the instant of receipt within the day.</summary>
    public static string Entry(DateTimeOffset receivedAt, string eventKey) =>
        $"{Day(DateOnly.FromDateTime(receivedAt.UtcDateTime))}{receivedAt.UtcDateTime.ToString("HHmmss.fffffff", CultureInfo.InvariantCulture)}-{eventKey}{Extension}";

    /// <summary>Where the entries of a day are.</summary>
    public static string Day(DateOnly day) => $"{Index}{day.ToString(DayFormat, CultureInfo.InvariantCulture)}/";

    /// <summary>The day and the event of an entry; null when it is none.</summary>
    public static (DateOnly Day, string EventKey)? ReadEntry(string path)
    {
        var parts = path.Split('/');
        return parts.Length == 4 && parts[3].Length > KeyLength + Extension.Length && path.StartsWith(Index, StringComparison.Ordinal)
            && DateOnly.TryParseExact(parts[2], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && parts[3][..^Extension.Length][^KeyLength..] is var key && IsKey(key) ? (day, key) : null;
    }
}
