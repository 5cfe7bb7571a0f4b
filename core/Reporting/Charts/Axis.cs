namespace SparsePipeline.Reporting.Charts;

/// <summary>The range of one axis and where it is labelled.</summary>
/// <param name="Title">What is measured, with its unit.</param>
/// <param name="Minimum">Left or bottom end in data units.</param>
/// <param name="Maximum">Right or top end, above <paramref name="Minimum"/>.</param>
/// <param name="Ticks">Labelled positions.</param>
/// <param name="Format">How a value on this axis is written.</param>
internal sealed record Axis(
    string Title, double Minimum, double Maximum, IReadOnlyList<(double Position, string Label)> Ticks, Func<double, string> Format)
{
    /// <summary>Position of a value on the axis as a fraction in [0, 1].</summary>
    public double Fraction(double value) => (value - Minimum) / (Maximum - Minimum);

    /// <summary>An axis with four to seven round ticks (steps of 1, 2 or 5 times a power of ten) around the given values.</summary>
    public static Axis Around(string title, IEnumerable<double> values, Func<double, string> format)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        if (high - low < 1e-9)
            (low, high) = (low - 0.005, high + 0.005);
        var step = Step((high - low) / 5);
        var (first, last) = ((long)Math.Floor(low / step), (long)Math.Ceiling(high / step));
        var ticks = Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step);
        return new Axis(title, first * step, last * step, [.. ticks.Select(t => (t, format(t)))], format);
    }

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
