using SparsePipeline.Learning.Runtime;

namespace SparsePipeline.Benchmarks;

/// <summary>
/// How far the kernels of libtorch let a training step come: its convolutions and linear layers alone, against whole steps of plain
/// TorchSharp, of PyTorch and of ours, for the networks that should be faster than those.
/// </summary>
internal sealed class TrainingLimitBenchmark : IBenchmark
{
    public string Name => "training-limit";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        TorchRuntime.Configure(Rivals.Threads);
        foreach (var work in StepCase.All.Where(work => work.Target > 1 && !work.IsMixed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var steps = Rivals.Steps(settings, work);
            using var layers = new LayerSteps(work, steps);
            foreach (var result in Rivals.Measure(settings, work, layers.Run).Select(r => Possible(work, r.Times, r.Name)))
                yield return result;
            yield return AgainstOurs(settings, work, steps, layers);
        }
    }

    private static BenchmarkResult AgainstOurs(BenchmarkSettings settings, StepCase work, int steps, LayerSteps layers)
    {
        using var ours = new OurSteps(work, steps);
        var times = PairedTimes.Measure(settings.Pairs, ours.Run, layers.Run).PerCall(steps, steps);
        return new BenchmarkResult(
            $"layers of {work.Model}, share of our step",
            $"Time of the convolutions and linear layers of a step, each by itself, over that of our step; {work}, {Rivals.Threads} thread.",
            times.Ratio(100),
            Target.AtLeast(80, "%"),
            $"The layers {times.MedianTheirs * 1e3:0.0} ms, our step {times.MedianOurs * 1e3:0.0} ms.");
    }

    private static BenchmarkResult Possible(StepCase work, PairedTimes times, string other) => new(
        $"layers of {work.Model}, against a step of {other}",
        $"Time of a step of {other} over that of its convolutions and linear layers alone, by our libtorch and in our layout: no step that calls "
        + $"the same kernels is further ahead; {work}, {Rivals.Threads} thread. Attention, norms, activations, loss and update count as free.",
        times.Ratio(),
        Target.AtLeast(work.Target, "×"),
        $"The layers {times.MedianOurs * 1e3:0.0} ms, theirs {times.MedianTheirs * 1e3:0.0} ms.");
}
