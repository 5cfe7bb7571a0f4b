using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>All layers of a pruned ResNet-20 and of a pruned GPT: sparse execution against torch's dense one.</summary>
internal sealed class SparseNetworkBenchmark : IBenchmark
{
    private static readonly string[] Models = ["resnet20", "gpt"];

    public string Name => "sparse-network";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var threads = Environment.ProcessorCount;
        torch.set_num_threads(threads);
        using var noGradients = torch.no_grad();
        foreach (var work in Models.Select(model => StepCase.All.First(c => c.Model == model && !c.IsMixed)))
            foreach (var batch in new[] { 1, 64 })
                foreach (var sparsity in new[] { 0.8, 0.9, 0.95, 0.98 })
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return Measure(settings, work with { Batch = batch }, sparsity, threads);
                }
    }

    private static BenchmarkResult Measure(BenchmarkSettings settings, StepCase work, double sparsity, int threads)
    {
        const double Duration = 0.1;
        using var network = new SparseNetwork(work, sparsity, threads);
        network.Check();
        var (ours, theirs) = (Repeated.For(Duration, network.Ours), Repeated.For(Duration, network.Dense));
        var times = PairedTimes.Measure(settings.Pairs, ours.Run, theirs.Run).PerCall(ours.Calls, theirs.Calls);
        var whole = Repeated.For(Duration, network.Forward);
        var forward = PairedTimes.Measure(settings.Pairs, whole.Run, theirs.Run).PerCall(whole.Calls, theirs.Calls);
        return new BenchmarkResult(
            $"layers of {work.Model}, {sparsity:0%} zeros each, batch {work.Batch}, against dense",
            $"Time of torch's dense fp32 convolutions and linear layers of the network, one after the other, over ours; examples of {work.Shape}, {threads} threads each "
            + "at most. Norms, activations and attention are not in it, nor is a change of layout between layers.",
            times.Ratio(),
            Target.AtLeast(1, "×"),
            $"Ours {times.MedianOurs * 1e3:0.00} ms, torch {times.MedianTheirs * 1e3:0.00} ms; the layers are {forward.MedianTheirs / forward.MedianOurs:0%} of the "
            + $"dense network's {forward.MedianOurs * 1e3:0.00} ms.");
    }
}
