namespace SparsePipeline.Benchmarks;

/// <summary>A limit that a median is held against.</summary>
/// <param name="Relation"><c>≥</c> or <c>≤</c>.</param>
/// <param name="Value">The limit.</param>
/// <param name="Unit">× for ratios, or ms, %, …</param>
public sealed record Target(string Relation, double Value, string Unit)
{
    public static Target AtLeast(double value, string unit) => new("≥", value, unit);

    public static Target AtMost(double value, string unit) => new("≤", value, unit);

    public bool IsMetBy(double value) => Relation == "≥" ? value >= Value : value <= Value;
}
