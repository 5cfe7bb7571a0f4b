using System.Buffers.Text;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
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

    /// <summary>Reads into one buffer: a watcher that makes garbage would measure itself.</summary>
    private static long Watch(CancellationToken stop)
    {
        using var status = File.OpenHandle("/proc/self/status");
        var buffer = new byte[8192];
        long peak = 0;
        do
        {
            peak = Math.Max(peak, RssAnon(status, buffer));
        }
        while (!stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(2)));
        return Math.Max(peak, RssAnon(status, buffer));
    }

    private static long RssAnon(SafeFileHandle status, byte[] buffer)
    {
        var text = buffer.AsSpan(0, RandomAccess.Read(status, buffer, 0));
        var field = text[(text.IndexOf("RssAnon:"u8) + "RssAnon:"u8.Length)..].TrimStart(" \t"u8);
        return Utf8Parser.TryParse(field, out long kibibytes, out _)
            ? kibibytes * 1024
            : throw new InvalidOperationException("/proc/self/status has no RssAnon.");
    }
}
