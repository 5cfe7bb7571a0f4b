namespace SparsePipeline.Contracts;

/// <summary>What the runs of a grid are for.</summary>
public static class SeedRoles
{
    /// <summary>They choose settings; nothing is claimed of them.</summary>
    public const string Tuning = "tuning";

    /// <summary>They judge what was chosen with other seeds.</summary>
    public const string Judging = "judging";
}
