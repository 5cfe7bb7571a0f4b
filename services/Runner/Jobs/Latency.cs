namespace SparsePipeline.Runner.Jobs;

/// <summary>Times short pieces of work in turn, so that what disturbs the machine disturbs all of them.</summary>
internal static class Latency
{
    private const int Rounds = 7;

    /// <summary>Seconds of a measurement: a call takes microseconds.</summary>
    private const double Duration = 0.02;

    /// <summary>The runtime compiles what is called often once more, optimised, some tenths of a second later.</summary>
    private const double WarmUp = 0.5;

    /// <returns>Median seconds of one call of each.</returns>
    public static double[] Of(TimeProvider time, IReadOnlyList<Action> works)
    {
        foreach (var work in works)
            PerCall(time, work, WarmUp);
        var seconds = new double[works.Count][];
        for (var i = 0; i < works.Count; i++)
            seconds[i] = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
            for (var i = 0; i < works.Count; i++)
                seconds[i][round] = PerCall(time, works[i], Duration);
        return [.. seconds.Select(s => s.Order().ElementAt(Rounds / 2))];
    }

    private static double PerCall(TimeProvider time, Action work, double atLeast)
    {
        var (start, calls) = (time.GetTimestamp(), 0);
        do
        {
            work();
            calls++;
        }
        while (time.GetElapsedTime(start).TotalSeconds < atLeast);
        return time.GetElapsedTime(start).TotalSeconds / calls;
    }
}
