namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>A run and where it stands in the index.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Day">The day, in UTC, on which it was first submitted; 1970-01-01 when nobody wrote that down.</param>
public sealed record IndexedRun(string RunId, DateOnly Day) : IComparable<IndexedRun>
{
    private const int DigestLength = 13;

    /// <summary>The name of its recipe.</summary>
    public string Name => RunId.Length > DigestLength ? RunId[..^DigestLength] : RunId;

    /// <summary>Newest day first; within a day in the order of the ids.</summary>
    public int CompareTo(IndexedRun? other) => other is null ? -1
        : Day != other.Day ? other.Day.CompareTo(Day)
        : string.CompareOrdinal(RunId, other.RunId);
}
