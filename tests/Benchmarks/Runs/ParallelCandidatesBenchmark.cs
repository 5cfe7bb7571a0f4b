using System.Runtime.CompilerServices;

namespace SparsePipeline.Benchmarks;

/// <summary>Four candidates on two runners against the same four one after the other.</summary>
internal sealed class ParallelCandidatesBenchmark : IBenchmark
{

    public string Name => "parallel-candidates";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (alone, together) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < settings.Pairs; pair++)
        {
            var recipe = RealRun.Digits(seed: 1 + (10 * pair), candidates: 4, epochs: Math.Max(1, (int)(120 * settings.Scale)));
            alone.Add(RealRun.SpanOfCandidates(await RealRun.MeasureAsync(recipe, runners: 1, cancellationToken)));
            together.Add(RealRun.SpanOfCandidates(await RealRun.MeasureAsync(recipe, runners: 2, cancellationToken)));
        }
        var times = new PairedTimes(together, alone);
        yield return new BenchmarkResult(
            "4 candidates on 2 runners, speed-up over one after the other",
            "Time from the first candidate's start to the last one's end with 1 runner over that with 2, "
            + "same recipe, fresh stores, warm one-thread runners.",
            times.Ratio(),
            Target.AtLeast(1.7, "×"),
            $"one after the other {times.MedianTheirs:0.0} s, together {times.MedianOurs:0.0} s; "
            + $"two loops that share nothing reach {CoreScaling.OfTwo(settings.Pairs):0.00} × on this machine.");
    }
}
