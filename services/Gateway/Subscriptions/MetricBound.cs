using System.Globalization;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>What a metric must be: <c>&gt;=</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&lt;</c> and a number.</summary>
internal sealed record MetricBound(string Comparison, double Number)
{
    /// <summary>How they are written, the longer ones first.</summary>
    private static readonly string[] Comparisons = [">=", "<=", ">", "<"];

    /// <summary>The bound in a text; null when it is none.</summary>
    public static MetricBound? Parse(string text)
    {
        text = text.Trim();
        return Comparisons.FirstOrDefault(c => text.StartsWith(c, StringComparison.Ordinal)) is { } comparison
            && double.TryParse(text[comparison.Length..].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new MetricBound(comparison, number)
            : null;
    }

    /// <summary>Whether a value keeps to it.</summary>
    public bool Holds(double value) => Comparison switch
    {
        ">=" => value >= Number,
        "<=" => value <= Number,
        ">" => value > Number,
        _ => value < Number,
    };
}
