using System.Diagnostics;

namespace SparsePipeline.Benchmarks;

/// <summary>A short piece of work, run so often that it can be timed.</summary>
/// <param name="Work">The work.</param>
/// <param name="Calls">How often.</param>
internal sealed record Repeated(Action Work, int Calls)
{
    /// <summary>The runtime compiles what is called often once more, optimised, some tenths of a second later.</summary>
    private const double WarmUp = 0.3;

    /// <summary>As often as fits in so many seconds, once it is warm.</summary>
    public static Repeated For(double seconds, Action work)
    {
        CallsIn(WarmUp, work);
        return new Repeated(work, CallsIn(seconds, work));
    }

    private static int CallsIn(double seconds, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        var calls = 0;
        for (; calls == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; calls++)
            work();
        return calls;
    }

    public void Run()
    {
        for (var i = 0; i < Calls; i++)
            Work();
    }
}
