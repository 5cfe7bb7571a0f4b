namespace SparsePipeline.Contracts;

/// <summary>A figure by which networks are compared, and how it is read.</summary>
/// <param name="Name">Kebab-case, as in reports and results.</param>
/// <param name="Noun">What it is called in a sentence.</param>
/// <param name="Unit"><see cref="FigureInfo.Share"/> or <see cref="FigureInfo.Real"/>.</param>
/// <param name="HigherIsBetter">Which direction is the better one.</param>
public sealed record MeasureInfo(string Name, string Noun, string Unit, bool HigherIsBetter)
{
    /// <summary>The share of right predictions: what is compared unless a task says otherwise.</summary>
    public static MeasureInfo Accuracy { get; } = new("accuracy", "accuracy", FigureInfo.Share, HigherIsBetter: true);

    /// <summary>The order of values, worst first.</summary>
    public IComparer<double> Order => HigherIsBetter ? Comparer<double>.Default : Comparer<double>.Create((a, b) => b.CompareTo(a));

    /// <summary>Whether one value is better than another.</summary>
    public bool IsBetter(double one, double other) => HigherIsBetter ? one > other : one < other;

    /// <summary>By how much one value is better than another; below 0 when it is worse.</summary>
    public double Gain(double one, double other) => HigherIsBetter ? one - other : other - one;

    /// <summary>A difference as it is written: of shares in percentage points to two decimals, of others to three.</summary>
    public decimal Written(double difference) => Unit == FigureInfo.Share ? Rounded(100 * difference, 2) : Rounded(difference, 3);

    /// <summary>The best of some values, at least one.</summary>
    public double Best(IEnumerable<double> values) => HigherIsBetter ? values.Max() : values.Min();

    private static decimal Rounded(double value, int decimals) => Math.Abs(value) < 1e8
        ? Math.Round((decimal)value, decimals, MidpointRounding.AwayFromZero)
        : value > 0 ? decimal.MaxValue : value < 0 ? decimal.MinValue : 0;
}
