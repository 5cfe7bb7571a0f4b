using System.Globalization;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Benchmarks;

/// <summary>The process that <see cref="MergeMemoryBenchmark"/> watches: merges, and prints its own peak of RssAnon in bytes.</summary>
internal static class MergeMemoryChild
{
    public const string Command = "--merge-memory-child";

    public static bool TryRun(string[] args, out int exitCode)
    {
        exitCode = 0;
        if (args is not [Command, var output, .. var candidates])
            return false;
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(() => Watch(stop.Token));
        SoupOperation.Merge(candidates, null, output);
        stop.Cancel();
        Console.Write(watch.Result.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private static long Watch(CancellationToken stop)
    {
        long peak = 0;
        do
        {
            peak = Math.Max(peak, RssAnon());
        }
        while (!stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(2)));
        return Math.Max(peak, RssAnon());
    }

    private static long RssAnon()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
