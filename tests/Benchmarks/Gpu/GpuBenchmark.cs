using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>Training step, evaluation and mask work on a CUDA device, ours against PyTorch on the same device.</summary>
internal sealed class GpuBenchmark : IBenchmark
{
    private const int Threads = 1;

    private static readonly StepCase[] Cases =
    [
        .. StepCase.All
            .Where(c => !c.IsMixed && c.Model is "cnn" or "resnet20" or "resnet18" or "vgg16" or "wide-resnet")
            .Select(c => c with { Batch = 256, Steps = 20, Target = 1 }),
        StepCase.All.Single(c => !c.IsMixed && c.Model == "gpt") with { Batch = 64, Steps = 20, Target = 1 },
    ];

    public string Name => "gpu";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        if (CudaDevice.WhyNot() is { } reason)
        {
            Console.WriteLine($"Nothing is measured on a graphics processor: {reason}.");
            yield break;
        }
        torch.set_num_threads(Threads);
        foreach (var work in Cases)
            foreach (var task in DeviceTasks.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Measure(settings, work, task, torch.CUDA) is { } result)
                    yield return result;
            }
    }

    private static BenchmarkResult? Measure(BenchmarkSettings settings, StepCase work, string task, torch.Device device)
    {
        var steps = Math.Max(1, (int)(work.Steps * settings.Scale));
        using var theirs = PyTorchSteps.Start(work.ToJson(steps, Threads, task, device.ToString()), out var why);
        if (theirs is null)
        {
            Console.WriteLine($"{work.Model} is not compared with PyTorch on {device}: {why}.");
            return null;
        }
        using var ours = new DeviceWork(work, steps, device);
        var times = PairedTimes.Measure(settings.Pairs, () => ours.Run(task), theirs.Run).PerCall(steps, steps);
        return new BenchmarkResult(
            $"{task} {work.Model} on {device}, against PyTorch",
            $"Time of {theirs.Version} over ours, {work}, {device}, each in its own process while the other waits.",
            times.Ratio(),
            Target.AtLeast(work.Target, "×"),
            $"Ours {times.MedianOurs * 1e3:0.00} ms, PyTorch {times.MedianTheirs * 1e3:0.00} ms.");
    }
}
