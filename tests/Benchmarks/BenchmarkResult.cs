namespace SparsePipeline.Benchmarks;

/// <summary>One figure with its target.</summary>
/// <param name="Measure">What was measured, in a few words.</param>
/// <param name="Definition">How exactly, including what it is compared with.</param>
/// <param name="Values">The measurements.</param>
/// <param name="Target">What it should be.</param>
/// <param name="Detail">Absolute figures behind the ratio.</param>
public sealed record BenchmarkResult(string Measure, string Definition, Samples Values, Target Target, string Detail)
{
    /// <summary>Judged by the median.</summary>
    public bool Met => Target.IsMetBy(Values.Median);
}
