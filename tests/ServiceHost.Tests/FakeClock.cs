namespace SparsePipeline.ServiceHost.Tests;

/// <summary>The clock of one process, changed by libfaketime (Debian's package <c>libfaketime</c>) while it runs; timers stay true.</summary>
internal sealed class FakeClock(string file)
{
    private static readonly string? Library = new[]
    {
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1", "/usr/lib64/faketime/libfaketime.so.1",
    }.FirstOrDefault(File.Exists);

    /// <summary>Whether clocks can be changed here.</summary>
    public static bool IsAvailable => Library is not null;

    /// <summary>What a process needs to live by this clock.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_UPDATE_TIMESTAMP_FILE"] = "0",
    };

    /// <summary>From now on the clock is wrong by this much.</summary>
    public void Set(TimeSpan by)
    {
        File.WriteAllText(file + ".new", $"{by.TotalSeconds:+0;-0;+0}\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}
