using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Benchmarks;

/// <summary>Building and counting a mask against memcpy.</summary>
internal sealed class MaskBenchmark : IBenchmark
{
    public string Name => "mask";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        using var cut = new SyntheticCut(settings);
        using var copy = StateDictWriter.Create(cut.NewPath("copy"), cut.State.Tensors);
        var threshold = ExactThreshold.Find(cut.Scores, cut.Group);
        var words = new ulong[TensorMask.WordsFor(cut.Count)];
        var bytes = cut.Count * sizeof(float);
        var times = PairedTimes.Measure(settings.Pairs, () => BuildAndCount(cut, threshold, words), () => MemoryCopy.Run(
            bytes,
            (offset, length) => cut.State.Bytes(LargeFiles.Tensor, offset, length),
            (offset, length) => copy.Bytes(LargeFiles.Tensor, offset, length)));
        var moved = bytes + (2 * words.Length * sizeof(ulong));
        yield return new BenchmarkResult(
            "mask build and count, share of copy bandwidth",
            "Bandwidth of building the mask from the mapped weights and counting it (weights read, mask written and read again) over that of memcpy of the same file, pages present, all cores, both as bytes moved / time.",
            times.Ratio(moved / (2.0 * bytes)),
            Target.AtLeast(0.8, "×"),
            $"{cut.Count / 1e6:0.0} M weights: mask {times.MedianOurs * 1e3:0} ms or {moved / times.MedianOurs / 1e9:0.0} GB/s, copy {2 * bytes / times.MedianTheirs / 1e9:0.0} GB/s.");
    }

    private static void BuildAndCount(SyntheticCut cut, Threshold threshold, ulong[] words)
    {
        MaskBuilder.Build(cut.Scores, cut.Group, threshold, [words]);
        var mask = new TensorMask(LargeFiles.Tensor, [cut.Count], ImmutableCollectionsMarshal.AsImmutableArray(words));
        if (mask.Kept != cut.Group.Kept)
            throw new InvalidOperationException("The mask does not keep what was asked for.");
    }
}
