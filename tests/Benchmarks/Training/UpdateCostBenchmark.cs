using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;

namespace SparsePipeline.Benchmarks;

/// <summary>What an update of a small network costs: the demo's, where the arithmetic is a fifth of a millisecond and less.</summary>
internal sealed class UpdateCostBenchmark : IBenchmark
{
    private const int Epochs = 40;
    private const string Network = "the demo's network";
    private const string Setting = "MLP 64-256-128-10, batch 32 of shifted 8×8 digits, 1 thread";

    public string Name => "update-cost";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings)
    {
        TorchRuntime.Configure(Rivals.Threads);
        var epochs = Math.Max(1, (int)(Epochs * settings.Scale));
        using var ours = new DemoUpdates(epochs);
        using (var hooked = new DemoUpdates(epochs, Hook()))
        {
            var times = PairedTimes.Measure(settings.Pairs, ours.Run, hooked.Run).PerCall(ours.Updates, hooked.Updates);
            yield return Cost($"update of {Network}", "without hooks", times.Ours);
            yield return Cost($"update of {Network}, with a hook", "with RigL at 90 % zeros, its moves every 100 updates included", times.Theirs);
        }
        var work = new StepCase("digits", new InputShape(1, 8, 8), 10, DemoUpdates.BatchSize, ours.Updates);
        using var pytorch = PyTorchSteps.Start(work.ToJson(ours.Updates, Rivals.Threads), out var why);
        if (pytorch is null)
            Console.WriteLine($"{Network} is not compared with PyTorch: {why}.");
        else
            yield return Ratio(PairedTimes.Measure(settings.Pairs, ours.Run, pytorch.Run).PerCall(ours.Updates, work.Steps), pytorch.Version);
    }

    private static BenchmarkResult Cost(string measure, string how, IReadOnlyList<double> seconds) => new(
        measure,
        $"Wall clock of reading, forward, loss, backward and SGD, {how}; {Setting}.",
        Samples.Of([.. seconds.Select(s => s * 1e3)]),
        Target.AtMost(0.35, "ms"),
        $"{seconds.Min() * 1e3:0.000} to {seconds.Max() * 1e3:0.000} ms.");

    private static BenchmarkResult Ratio(PairedTimes times, string version) => new(
        $"update of {Network}, against PyTorch",
        $"Time of an update in a plain loop of {version}, shifts included, in a process that waits meanwhile, over that of ours; {Setting}.",
        times.Ratio(),
        Target.AtLeast(1.05, "×"),
        $"Ours {times.MedianOurs * 1e3:0.000} ms, theirs {times.MedianTheirs * 1e3:0.000} ms.");

    private static MethodSpec Hook() => new() { Name = "rigl", Options = new MethodOptions { ["sparsity"] = JsonSerializer.SerializeToElement(0.9) } };
}
