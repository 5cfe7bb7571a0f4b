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
    /// The verdict that an interval gives. An end that is written as 0.00 points touches 0, whatever its further digits are: a verdict says no more than what can be
    /// read beside it.
    /// </summary>
    public static string Of(Interval? interval) => interval switch
    {
        null => Undecided,
        _ when Points(interval.Lower) > 0 => Supported,
        _ when Points(interval.Upper) < 0 => Contradicted,
        _ => Undecided,
    };

    /// <summary>A difference of two fractions in percentage points, to the two decimals in which differences are written.</summary>
    public static decimal Points(double difference) => Math.Abs(difference) < 1e6
        ? Math.Round((decimal)(100 * difference), 2, MidpointRounding.AwayFromZero)
        : difference > 0 ? decimal.MaxValue : difference < 0 ? decimal.MinValue : 0;
}
