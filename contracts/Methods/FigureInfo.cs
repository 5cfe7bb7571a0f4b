namespace SparsePipeline.Contracts;

/// <summary>How the figure that a metric gives is read; reports are drawn from it.</summary>
/// <param name="Unit"><see cref="Share"/> or <see cref="Real"/>.</param>
/// <param name="HigherIsBetter">Which direction is the better one.</param>
public sealed record FigureInfo(string Unit, bool HigherIsBetter)
{
    /// <summary>A fraction in [0, 1], shown as a percentage.</summary>
    public const string Share = "share";

    /// <summary>Any number, shown as it is.</summary>
    public const string Real = "real";
}
