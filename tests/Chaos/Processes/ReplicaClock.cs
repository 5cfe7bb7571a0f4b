namespace SparsePipeline.Chaos.Processes;

/// <summary>
/// The clock of one replica, changed by libfaketime (Debian's package <c>libfaketime</c>) while it runs. Only what the time of day is
/// changes; timers, which count monotonic time, do not.
/// </summary>
internal sealed class ReplicaClock(string file)
{
    private static readonly string[] Libraries =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1", "/usr/lib64/faketime/libfaketime.so.1",
    ];

    private static readonly string? Library = Libraries.FirstOrDefault(File.Exists);

    /// <summary>Whether clocks can be changed here.</summary>
    public static bool IsAvailable => Library is not null;

    /// <summary>What a process needs to live by this clock.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment()
    {
        Jump(TimeSpan.Zero);
        yield return new("LD_PRELOAD", Library!);
        yield return new("FAKETIME_TIMESTAMP_FILE", file);
        yield return new("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        yield return new("FAKETIME_CACHE_DURATION", "1");
        yield return new("FAKETIME_UPDATE_TIMESTAMP_FILE", "0");
    }

    /// <summary>From now on the clock is wrong by this much; it is noticed within a second.</summary>
    public void Jump(TimeSpan by)
    {
        var aside = file + ".new";
        File.WriteAllText(aside, $"{by.TotalSeconds:+0;-0;+0}\n");
        File.Move(aside, file, overwrite: true);
    }
}
