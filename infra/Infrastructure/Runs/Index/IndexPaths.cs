using System.Globalization;

namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>Keys of the index of runs: what is listed often is listed from here, not from the documents of every run.</summary>
internal static class IndexPaths
{
    /// <summary>All runs, by the day (UTC) they were first submitted on, and within it by the time.</summary>
    public const string Runs = "index/runs/";

    /// <summary>Runs that have ended, by state and then by day.</summary>
    public const string Ended = "index/ended/";

    /// <summary>Says that runs from before there was an index are in it, too.</summary>
    public const string Built = "index/built.json";

    private const string Extension = ".json";
    private const string DayFormat = "yyyy-MM-dd";
    private const string TimeFormat = "HHmmss.fffffff";
    private static readonly int TimeLength = TimeFormat.Length;

    /// <summary>The entry of a run.</summary>
    public static string Run(IndexedRun run) => Runs + Entry(run);

    /// <summary>The entry of a run that ended in this state.</summary>
    public static string EndedRun(string state, IndexedRun run) => EndedIn(state) + Entry(run);

    /// <summary>Where the entries of runs are that ended in this state.</summary>
    public static string EndedIn(string state) => $"{Ended}{state}/";

    /// <summary>How a run is filed that was first submitted then.</summary>
    public static IndexedRun Of(string runId, DateTimeOffset? submittedAt) => submittedAt is { } at
        ? new IndexedRun(runId, DateOnly.FromDateTime(at.UtcDateTime), TimeOnly.FromDateTime(at.UtcDateTime))
        : new IndexedRun(runId, DateOnly.FromDateTime(DateTime.UnixEpoch));

    /// <summary>The run of an entry; null when the key is none.</summary>
    public static IndexedRun? Read(string key)
    {
        var segments = key.Split('/');
        return segments.Length >= 2
            && segments[^1].EndsWith(Extension, StringComparison.Ordinal)
            && DateOnly.TryParseExact(segments[^2], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Read(day, segments[^1][..^Extension.Length])
            : null;
    }

    // No id of a run has a dot in it.
    private static IndexedRun Read(DateOnly day, string name) =>
        name.Length > TimeLength + 1 && name[TimeLength] == '-' && TimeOnly.TryParseExact(name[..TimeLength], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new IndexedRun(name[(TimeLength + 1)..], day, time)
            : new IndexedRun(name, day);

    /// <summary>How a day is written in keys and tokens.</summary>
    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Day, time and run, as in keys.</summary>
    public static string Entry(IndexedRun run) =>
        $"{Text(run.Day)}/{(run.Time is { } time ? time.ToString(TimeFormat, CultureInfo.InvariantCulture) + "-" : "")}{run.RunId}{Extension}";
}
