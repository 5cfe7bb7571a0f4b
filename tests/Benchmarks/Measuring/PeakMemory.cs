using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace SparsePipeline.Benchmarks;

/// <summary>The most private memory (RssAnon) this process ever had while something ran; mapped files, which the system may drop, do not count.</summary>
internal static class PeakMemory
{
    /// <summary>In bytes.</summary>
    public static async Task<long> DuringAsync(Func<Task> work)
    {
        using var stop = new CancellationTokenSource();
        var watch = Task.Factory.StartNew(() => Watch(stop.Token), TaskCreationOptions.LongRunning);
        await work();
        await stop.CancelAsync();
        return await watch;
    }

    // Reads into one buffer: a watcher that makes garbage would measure itself.
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
