using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Benchmarks;

/// <summary>The uniform mean of five mapped files against memcpy, and against TorchSharp in memory.</summary>
internal sealed class AveragingBenchmark : IBenchmark
{
    private const int Files = 5;
    private const long FullCount = 100_000 * 1024;

    public string Name => "averaging";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var count = (long)(FullCount / 1024 * settings.Scale) * 1024;
        using var files = new LargeFiles(settings, (Files + 1) * count * sizeof(float));
        string[] paths = [.. Enumerable.Range(0, Files).Select(i => files.Write($"candidate-{i}", count, i))];
        using var candidates = CandidateSet.Open(paths, null);
        using var output = StateDictWriter.Create(files.NewPath("soup"), candidates.Tensors);
        var merger = new Merger(candidates, Environment.ProcessorCount);
        void Average() => merger.Fill(output, [.. Enumerable.Range(0, Files)], null);
        yield return AgainstCopy(settings, candidates.States[0], output, count, Average);
        yield return AgainstTorch(settings, candidates.States, count, Average);
    }

    private static BenchmarkResult AgainstCopy(BenchmarkSettings settings, StateDict source, StateDictWriter output, long count, Action average)
    {
        var bytes = count * sizeof(float);
        var times = PairedTimes.Measure(settings.Pairs, average, () => MemoryCopy.Run(
            bytes,
            (offset, length) => source.Bytes(LargeFiles.Tensor, offset, length),
            (offset, length) => output.Bytes(LargeFiles.Tensor, offset, length)));
        // The mean moves n + 1 files' bytes, the copy 2: the ratio of bandwidths is the inverse ratio of times, scaled by that.
        return new BenchmarkResult(
            $"averaging {Files} files, share of copy bandwidth",
            $"Bandwidth of the uniform mean of {Files} mapped files into a mapped file ({Files} reads + 1 write per weight) over that of memcpy from the first of them into the same file (1 read + 1 write), pages present, all cores, both as (bytes read + bytes written) / time.",
            times.Ratio((Files + 1) / 2.0),
            Target.AtLeast(0.85, "×"),
            $"{bytes / 1e6:0} MB each; mean {(Files + 1) * bytes / times.MedianOurs / 1e9:0.0} GB/s, copy {2 * bytes / times.MedianTheirs / 1e9:0.0} GB/s.");
    }

    private static BenchmarkResult AgainstTorch(BenchmarkSettings settings, IReadOnlyList<StateDict> states, long count, Action average)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var tensors = states.Select(s => TorchTensors.Load(s, LargeFiles.Tensor, count)).ToArray();
        var mean = TorchSharp.torch.empty(count);
        var times = PairedTimes.Measure(settings.Pairs, average, () =>
        {
            mean.copy_(tensors[0]);
            foreach (var tensor in tensors.AsSpan(1))
                mean.add_(tensor);
            mean.div_(Files);
        });
        return new BenchmarkResult(
            $"averaging {Files} files, against TorchSharp",
            "Time of TorchSharp in place (copy_, four add_, div_ on tensors already in memory, all cores) over ours from mapped files.",
            times.Ratio(),
            Target.AtLeast(2, "×"),
            $"Ours {times.MedianOurs * 1e3:0} ms, TorchSharp {times.MedianTheirs * 1e3:0} ms.");
    }
}
