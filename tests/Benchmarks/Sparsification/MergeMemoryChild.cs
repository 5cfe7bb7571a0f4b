using System.Globalization;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Benchmarks;

/// <summary>The process that <see cref="MergeMemoryBenchmark"/> watches: merges, and prints its own peak of RssAnon in bytes.</summary>
internal static class MergeMemoryChild
{
    public const string Command = "--merge-memory-child";

    public static async Task<bool> TryRunAsync(string[] args)
    {
        if (args is not [Command, var output, .. var candidates])
            return false;
        var peak = await PeakMemory.DuringAsync(() => Task.Run(() => SoupOperation.Merge(candidates, null, output)));
        Console.Write(peak.ToString(CultureInfo.InvariantCulture));
        return true;
    }
}
