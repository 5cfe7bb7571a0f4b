namespace SparsePipeline.Benchmarks;

/// <summary>Measurements of one quantity.</summary>
public sealed record Samples(double Min, double Median, double Max, int Count)
{
    public static Samples Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Samples(sorted[0], median, sorted[^1], sorted.Length);
    }
}
