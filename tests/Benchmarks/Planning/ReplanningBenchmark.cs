using System.Diagnostics;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Benchmarks;

/// <summary>Planning a run of about 1,000 steps again, all of whose results are known: what every event costs.</summary>
internal sealed class ReplanningBenchmark : IBenchmark
{
    private const int Cycles = 20;
    private const int Candidates = 24;
    private const int Repetitions = 50;

    public string Name => "replanning";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var results = new InventedResults();
        var recipe = Recipe();
        var graph = RunGraph.Of(recipe);
        var steps = results.Finish(graph).Steps.Count;
        var again = Milliseconds(() => graph.Plan(results, DateTimeOffset.UnixEpoch));
        var anew = Milliseconds(() => Planner.Plan(recipe, results, DateTimeOffset.UnixEpoch));
        var compiled = GraphCompiler.Compile(recipe);
        var compiling = Milliseconds(() => GraphCompiler.Compile(recipe));
        var stored = Milliseconds(() => RunGraph.Read(compiled));
        var opened = Milliseconds(() => RunGraph.Of(recipe));
        yield return new BenchmarkResult(
            "planning a run of 1,000 steps again",
            "Wall time of one plan with every result known, by a graph that planned before: keys of unchanged specs are not hashed again.",
            again,
            Target.AtMost(10, "ms"),
            $"{steps:N0} steps: again {again.Median:0.0} ms; from the recipe, with every key hashed, {anew.Median:0.0} ms, of which compiling takes {compiling.Median:0.0} ms "
            + $"and taking what was compiled apart {opened.Median - compiling.Median:0.0} ms. A stored graph is taken apart and held against what this version knows in {stored.Median:0.0} ms.");
    }

    private static Samples Milliseconds(Action work)
    {
        for (var i = 0; i < Repetitions; i++) work();
        return Samples.Of([.. Enumerable.Range(0, Repetitions).Select(_ => Time(work))]);
    }

    private static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Recipe Recipe() => new()
    {
        Name = "replanning",
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = 10, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.98, Cycles = Cycles },
        Retraining = new RetrainingRecipe { Epochs = 4, Candidates = Candidates },
        Evaluation = new EvaluationRecipe { Baselines = [] },
    };
}
