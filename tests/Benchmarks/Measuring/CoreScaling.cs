using System.Diagnostics;

namespace SparsePipeline.Benchmarks;

/// <summary>What a second core is worth when nothing is shared: clock rates fall and hosts are busy, so it is less than 2.</summary>
internal static class CoreScaling
{
    private const int Steps = 400_000_000;

    /// <summary>Median speed-up of two arithmetic loops at a time over one after the other.</summary>
    public static double OfTwo(int pairs)
    {
        Seconds(1);
        return Samples.Of([.. Enumerable.Range(0, pairs).Select(_ => 2 * Seconds(1) / Seconds(2))]).Median;
    }

    private static double Seconds(int loops)
    {
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, loops).Select(i => new Thread(() => Spin(i))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Spin(double value)
    {
        for (var i = 0; i < Steps; i++)
            value = (value * 0.999) + 1;
        GC.KeepAlive(value);
    }
}
