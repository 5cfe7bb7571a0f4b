using System.ComponentModel;

namespace SparsePipeline.Contracts;

/// <summary>How candidates become one network.</summary>
public sealed record SoupRecipe
{
    /// <summary>A registered soup.</summary>
    public MethodSpec Method { get; init; } = MethodSpec.Of("uniform");

    /// <summary>Fewest candidates a soup may be made of; null needs all.</summary>
    public int? Quorum { get; init; }

    /// <summary>Minutes to wait for the rest once the quorum is there; null waits until every candidate has finished or failed.</summary>
    public double? DeadlineMinutes { get; init; }

    /// <summary>Whether a candidate that finishes after the deadline makes a new soup.</summary>
    [DefaultValue(false)]
    public bool AmendLate { get; init; }
}
