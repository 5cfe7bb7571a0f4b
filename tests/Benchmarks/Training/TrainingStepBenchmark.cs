using SparsePipeline.Learning.Runtime;

namespace SparsePipeline.Benchmarks;

/// <summary>An update of every network: ours against plain TorchSharp and against PyTorch, where that is installed.</summary>
internal sealed class TrainingStepBenchmark : IBenchmark
{
    /// <summary>As runners train: a machine with n cores runs n of them.</summary>
    private const int Threads = 1;

    public string Name => "training-step";

    public Task<IReadOnlyList<BenchmarkResult>> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        TorchRuntime.Configure(Threads);
        var results = new List<BenchmarkResult>();
        foreach (var work in StepCase.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var steps = Math.Max(1, (int)(work.Steps * settings.Scale));
            using var ours = new OurSteps(work, steps);
            results.Add(AgainstPlain(settings, work, steps, ours));
            if (AgainstPyTorch(settings, work, steps, ours) is { } result)
                results.Add(result);
        }
        return Task.FromResult<IReadOnlyList<BenchmarkResult>>(results);
    }

    private static BenchmarkResult AgainstPlain(BenchmarkSettings settings, StepCase work, int steps, OurSteps ours)
    {
        using var plain = new PlainSteps(work, steps);
        var times = PairedTimes.Measure(settings.Pairs, ours.Run, plain.Run).PerCall(steps, steps);
        return Result(work, times, "plain TorchSharp", "the library's modules and SGD in the same process");
    }

    private static BenchmarkResult? AgainstPyTorch(BenchmarkSettings settings, StepCase work, int steps, OurSteps ours)
    {
        using var theirs = PyTorchSteps.Start(work.ToJson(steps, Threads), out var why);
        if (theirs is null)
        {
            Console.WriteLine($"{work.Model} is not compared with PyTorch: {why}.");
            return null;
        }
        var times = PairedTimes.Measure(settings.Pairs, ours.Run, theirs.Run).PerCall(steps, steps);
        return Result(work, times, "PyTorch", $"PyTorch {theirs.Version} in a process that waits meanwhile");
    }

    private static BenchmarkResult Result(StepCase work, PairedTimes times, string other, string how) => new(
        work.IsMixed ? $"training step of {work.Model} in {work.Precision}, against {other} (float32)" : $"training step of {work.Model}, against {other}",
        $"Time of theirs over ours, {work}, {Threads} thread; ours reads bytes and trains under a mask{(work.IsMixed ? $" in {work.Precision}" : "")}, "
        + $"theirs ({how}) gathers floats and trains dense{(work.IsMixed ? " in float32" : "")}.",
        times.Ratio(),
        Target.AtLeast(work.Target, "×"),
        $"Ours {times.MedianOurs * 1e3:0.0} ms, theirs {times.MedianTheirs * 1e3:0.0} ms.");
}
