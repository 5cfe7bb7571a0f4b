namespace SparsePipeline.Contracts;

/// <summary>What an interval says about the claim that a difference is above 0.</summary>
public static class Verdicts
{
    /// <summary>The whole interval is above 0.</summary>
    public const string Supported = "supported";

    /// <summary>The whole interval is below 0: the figures say the opposite.</summary>
    public const string Contradicted = "contradicted";

    /// <summary>The interval has 0 in it or touches it, or there are too few seeds for one.</summary>
    public const string Undecided = "undecided";

    /// <summary>
    /// The verdict that an interval gives. An end that is written as 0 touches 0, whatever its further digits are: a verdict says no more than what can be
    /// read beside it.
    /// </summary>
    /// <param name="interval">Of by how much the one is better; null for too few seeds.</param>
    /// <param name="measure">What is compared, and so how it is written.</param>
    public static string Of(Interval? interval, MeasureInfo measure) => interval switch
    {
        null => Undecided,
        _ when measure.Written(interval.Lower) > 0 => Supported,
        _ when measure.Written(interval.Upper) < 0 => Contradicted,
        _ => Undecided,
    };
}
