using System.Diagnostics;

using System.Runtime.CompilerServices;

namespace SparsePipeline.Benchmarks;

/// <summary>How much more private memory a merge takes for a model four times the size, per byte by which the model grew.</summary>
internal sealed class MergeMemoryBenchmark : IBenchmark
{
    private const int Files = 5;
    private const long SmallCount = 25_000 * 1024;

    public string Name => "merge-memory";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = (long)(SmallCount / 1024 * settings.Scale) * 1024;
        using var files = new LargeFiles(settings, (Files + 1) * 5 * count * sizeof(float));
        string[] small = [.. Enumerable.Range(0, Files).Select(i => files.Write($"small-{i}", count, i))];
        string[] large = [.. Enumerable.Range(0, Files).Select(i => files.Write($"large-{i}", 4 * count, i))];
        var bytes = count * sizeof(float);
        var (smallPeaks, largePeaks) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < settings.Pairs; pair++)
        {
            smallPeaks.Add(await PeakAsync(files.NewPath("soup"), small, cancellationToken));
            largePeaks.Add(await PeakAsync(files.NewPath("soup"), large, cancellationToken));
        }
        yield return new BenchmarkResult(
            "growth of a merge's peak memory with the model",
            "Peak of RssAnon (private memory, without the mapped files, which the system may drop at any time) of a process that merges five "
            + "files of 4n bytes, minus that for files of n bytes, over the 15n bytes between them. Independent of the model means 0.",
            Samples.Of([.. largePeaks.Zip(smallPeaks, (l, s) => 100 * (l - s) / (3 * Files * bytes))]),
            Target.AtMost(0.5, "%"),
            $"5 × {bytes / 1e6:0} MB: {Samples.Of(smallPeaks).Median / 1e6:0.0} MB; 5 × {4 * bytes / 1e6:0} MB: {Samples.Of(largePeaks).Median / 1e6:0.0} MB.");
    }

    private static async Task<double> PeakAsync(string output, string[] candidates, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [MergeMemoryChild.Command, output, .. candidates]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var answer = await child.StandardOutput.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        return child.ExitCode == 0 ? double.Parse(answer) : throw new InvalidOperationException($"The merging process exited with {child.ExitCode}: {answer}");
    }
}
