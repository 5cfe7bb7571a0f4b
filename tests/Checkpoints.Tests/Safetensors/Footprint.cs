namespace SparsePipeline.Checkpoints.Tests;

/// <summary>What this process holds of a folder: open files, mappings, and managed memory over all.</summary>
internal sealed record Footprint(int OpenFiles, int Mappings, long ManagedBytes)
{
    private const long Slack = 4 << 20;

    public static Footprint Now(string folder)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var open = Directory.GetFiles("/proc/self/fd")
            .Count(f => File.ResolveLinkTarget(f, returnFinalTarget: false)?.FullName.StartsWith(folder, StringComparison.Ordinal) == true);
        var mapped = File.ReadLines("/proc/self/maps").Count(line => line.Contains(folder, StringComparison.Ordinal));
        return new Footprint(open, mapped, GC.GetTotalMemory(forceFullCollection: true));
    }

    public void ShouldNotExceed(Footprint before)
    {
        (OpenFiles, Mappings).ShouldBe((0, 0));
        ManagedBytes.ShouldBeLessThan(before.ManagedBytes + Slack);
    }
}
