using System.Globalization;

namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>Keys of the index of runs: what is listed often is listed from here, not from the documents of every run.</summary>
internal static class IndexPaths
{
    /// <summary>All runs, by the day (UTC) they were first submitted on.</summary>
    public const string Runs = "index/runs/";

    /// <summary>Runs that have ended, by state and then by day.</summary>
    public const string Ended = "index/ended/";

    /// <summary>Says that runs from before there was an index are in it, too.</summary>
    public const string Built = "index/built.json";

    private const string Extension = ".json";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The entry of a run.</summary>
    public static string Run(DateOnly day, string runId) => Runs + Entry(day, runId);

    /// <summary>The entry of a run that ended in this state.</summary>
    public static string EndedRun(string state, DateOnly day, string runId) => EndedIn(state) + Entry(day, runId);

    /// <summary>Where the entries of runs are that ended in this state.</summary>
    public static string EndedIn(string state) => $"{Ended}{state}/";

    /// <summary>The day a run is filed under.</summary>
    public static DateOnly DayOf(DateTimeOffset? submittedAt) => DateOnly.FromDateTime((submittedAt ?? DateTimeOffset.UnixEpoch).UtcDateTime);

    /// <summary>The run of an entry; null when the key is none.</summary>
    public static IndexedRun? Read(string key)
    {
        var segments = key.Split('/');
        return segments.Length >= 2
            && segments[^1].EndsWith(Extension, StringComparison.Ordinal)
            && DateOnly.TryParseExact(segments[^2], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new IndexedRun(segments[^1][..^Extension.Length], day)
            : null;
    }

    /// <summary>How a day is written in keys and tokens.</summary>
    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string Entry(DateOnly day, string runId) => $"{Text(day)}/{runId}{Extension}";
}
