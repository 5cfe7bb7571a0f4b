namespace SparsePipeline.Contracts;

/// <summary>What an interval says about the claim that a difference is above 0.</summary>
public static class Verdicts
{
    /// <summary>The whole interval is above 0.</summary>
    public const string Supported = "supported";

    /// <summary>The whole interval is below 0: the figures say the opposite.</summary>
    public const string Contradicted = "contradicted";

    /// <summary>The interval has 0 in it, or there are too few seeds for one.</summary>
    public const string Undecided = "undecided";

    /// <summary>The verdict that an interval gives.</summary>
    public static string Of(Interval? interval) => interval switch
    {
        { Lower: > 0 } => Supported,
        { Upper: < 0 } => Contradicted,
        _ => Undecided,
    };
}
