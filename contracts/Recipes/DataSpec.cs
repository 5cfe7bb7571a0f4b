using System.ComponentModel;

namespace SparsePipeline.Contracts;

/// <summary>A data set and how it is split.</summary>
public sealed record DataSpec
{
    /// <summary>A registered data set: <c>digits</c>, <c>idx</c>, …</summary>
    public required string Name { get; init; }

    /// <summary>Folder of the files, for data sets that are not built in.</summary>
    public string? Path { get; init; }

    /// <summary>SHA-256 over the files' bytes, filled in when a run is submitted, so that changed data means new steps.</summary>
    public string? Digest { get; init; }

    /// <summary>Share of the training examples held out for validation, in (0, 0.5].</summary>
    [DefaultValue(0.1)]
    public double Validation { get; init; } = 0.1;

    /// <summary>Decides which examples are held out.</summary>
    [DefaultValue(42L)]
    public long SplitSeed { get; init; } = 42;

    /// <summary>Uses only the first n training examples after the shuffle by <see cref="SplitSeed"/>; null uses all.</summary>
    public int? Limit { get; init; }
}
