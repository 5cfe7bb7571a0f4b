using System.Runtime.CompilerServices;

namespace SparsePipeline.Benchmarks;

/// <summary>What bus, planning, claims, storing and handing over cost beside the computing itself.</summary>
internal sealed class EngineOverheadBenchmark : IBenchmark
{

    public string Name => "engine-overhead";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shares = new List<double>();
        var detail = "";
        for (var run = 0; run < settings.Pairs; run++)
        {
            var recipe = RealRun.Digits(seed: 1 + (10 * run), candidates: 4, epochs: Math.Max(1, (int)(60 * settings.Scale)), cycles: 2);
            var outcome = await RealRun.MeasureAsync(recipe, Environment.ProcessorCount, cancellationToken);
            var (wall, path) = (outcome.Wall.TotalSeconds, CriticalPath.Seconds([.. outcome.Plan.Steps.Select(s => s.Result!)]));
            shares.Add(100 * (wall - path) / path);
            detail = $"{outcome.Plan.Steps.Count} steps: wall {wall:0.0} s, critical path {path:0.0} s (last run).";
        }
        yield return new BenchmarkResult(
            "engine overhead",
            "Wall clock of a run (dense, 2 cycles of 4 candidates, soups, evaluations; one runner per core, warm) "
            + "minus the compute time along its critical path, over the latter.",
            Samples.Of(shares),
            Target.AtMost(5, "%"),
            detail);
    }
}
