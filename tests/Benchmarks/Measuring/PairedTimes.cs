using System.Diagnostics;

namespace SparsePipeline.Benchmarks;

/// <summary>Times of two pieces of work measured in turn, so that what disturbs the machine disturbs both.</summary>
/// <param name="Ours">Seconds of each run of ours.</param>
/// <param name="Theirs">Seconds of each run of what it is compared with.</param>
public sealed record PairedTimes(IReadOnlyList<double> Ours, IReadOnlyList<double> Theirs)
{
    /// <summary>Runs both once to warm up, then both in turn.</summary>
    public static PairedTimes Measure(int pairs, Action ours, Action theirs)
    {
        ours();
        theirs();
        var (a, b) = (new double[pairs], new double[pairs]);
        for (var i = 0; i < pairs; i++)
            (a[i], b[i]) = (Seconds(ours), Seconds(theirs));
        return new PairedTimes(a, b);
    }

    /// <summary>Their seconds over ours, pair by pair, times a constant.</summary>
    public Samples Ratio(double factor = 1) => Samples.Of([.. Theirs.Zip(Ours, (theirs, ours) => factor * theirs / ours)]);

    /// <summary>The times of one call, where each run was so many.</summary>
    public PairedTimes PerCall(int ours, int theirs) => new([.. Ours.Select(t => t / ours)], [.. Theirs.Select(t => t / theirs)]);

    public double MedianOurs => Samples.Of([.. Ours]).Median;

    public double MedianTheirs => Samples.Of([.. Theirs]).Median;

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
