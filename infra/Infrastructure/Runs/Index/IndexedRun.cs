namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>A run and where it stands in the index.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Day">The day, in UTC, on which it was first submitted; 1970-01-01 when nobody wrote that down.</param>
/// <param name="Time">The time of that day; null when it was entered by a version that did not write it, or when nobody knows.</param>
public sealed record IndexedRun(string RunId, DateOnly Day, TimeOnly? Time = null) : IComparable<IndexedRun>
{
    private const int DigestLength = 13;

    /// <summary>The name of its recipe.</summary>
    public string Name => RunId.Length > DigestLength ? RunId[..^DigestLength] : RunId;

    /// <summary>Newest first, within a day those whose time is not known last; at the same time in the order of the ids.</summary>
    public int CompareTo(IndexedRun? other) => other is null ? -1
        : Day != other.Day ? other.Day.CompareTo(Day)
        : Time != other.Time ? Nullable.Compare(other.Time, Time)
        : string.CompareOrdinal(RunId, other.RunId);
}
