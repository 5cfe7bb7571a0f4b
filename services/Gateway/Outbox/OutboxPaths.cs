using System.Globalization;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Keys of outgoing events and of what is noted about them.</summary>
internal static class OutboxPaths
{
    /// <summary>Who gives events to webhooks and brokers.</summary>
    public const string Lease = "outbox/lease.json";

    /// <summary>Marks of events that not everybody has been told of.</summary>
    public const string Pending = "outbox/pending/";

    /// <summary>Marks of runs whose end was not told yet.</summary>
    public const string Open = "outbox/open/";

    /// <summary>Told events by the day (UTC) on which everybody had been told.</summary>
    public const string Told = "outbox/told/";

    /// <summary>The day from which the index of runs is looked through.</summary>
    public const string Days = "outbox/cursors/days.json";

    private const string Extension = ".json";
    private const string DayFormat = "yyyy-MM-dd";

    public static string Event(string eventKey) => $"outbox/{eventKey}{Extension}";

    public static string Mark(string eventKey) => Pending + eventKey + Extension;

    public static string OpenRun(string runId) => Open + runId + Extension;

    /// <summary>What was told about a run.</summary>
    public static string Run(string runId) => $"outbox/cursors/runs/{runId}{Extension}";

    public static string ToldOn(DateOnly day, string eventKey) => $"{Told}{day.ToString(DayFormat, CultureInfo.InvariantCulture)}/{eventKey}{Extension}";

    /// <summary>The last part of a key, without what stands for its kind.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..^Extension.Length];

    /// <summary>The day of an entry of <see cref="Told"/>; null when it is none.</summary>
    public static DateOnly? DayOf(string path) =>
        path.Length > Told.Length + DayFormat.Length && DateOnly.TryParseExact(path.AsSpan(Told.Length, DayFormat.Length), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
