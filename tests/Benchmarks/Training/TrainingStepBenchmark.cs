using SparsePipeline.Learning.Runtime;

namespace SparsePipeline.Benchmarks;

/// <summary>An update of every network: ours against plain TorchSharp and against PyTorch, where that is installed.</summary>
internal sealed class TrainingStepBenchmark : IBenchmark
{
    public string Name => "training-step";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        TorchRuntime.Configure(Rivals.Threads);
        foreach (var work in StepCase.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var ours = new OurSteps(work, Rivals.Steps(settings, work));
            foreach (var result in Rivals.Measure(settings, work, ours.Run).Select(r => Result(work, r.Times, r.Name, r.What)))
                yield return result;
        }
    }

    private static BenchmarkResult Result(StepCase work, PairedTimes times, string other, string how) => new(
        work.IsMixed ? $"training step of {work.Model} in {work.Precision}, against {other} (float32)" : $"training step of {work.Model}, against {other}",
        $"Time of theirs over ours, {work}, {Rivals.Threads} thread; ours reads bytes and trains under a mask{(work.IsMixed ? $" in {work.Precision}" : "")}, "
        + $"theirs ({how}) gathers floats and trains dense{(work.IsMixed ? " in float32" : "")}.",
        times.Ratio(),
        Target.AtLeast(work.Target, "×"),
        $"Ours {times.MedianOurs * 1e3:0.0} ms, theirs {times.MedianTheirs * 1e3:0.0} ms.");
}
