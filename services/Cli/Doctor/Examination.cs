using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Doctor;

/// <summary>Looks at everything a run needs, cheapest first.</summary>
internal static class Examination
{
    private const long LeastFreeBytes = 1_000_000_000;
    private const long LeastMemoryBytes = 1_500_000_000;
    private static readonly Version LeastGlibc = new(2, 28);

    public static async IAsyncEnumerable<Finding> RunAsync(CommandSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Runtime();
        yield return CLibrary();
        yield return Cores();
        yield return Bfloat16Instructions.Look();
        yield return Memory();
        yield return StoreCheck.Writable(settings.Folder);
        yield return Disk(settings.Folder);
        if (!settings.IsFolder)
            foreach (var finding in await BucketCheck.RunAsync(settings, cancellationToken))
                yield return finding;
        yield return await SampleCheck.RunAsync(settings, cancellationToken);
        if (settings.HasSharedBus)
            await foreach (var finding in BrokerCheck.RunAsync(settings.Broker, cancellationToken))
                yield return finding;
        yield return await TorchCheck.RunAsync(cancellationToken);
    }

    private static Finding Runtime() => new(
        ".NET runtime", System.Environment.Version.Major >= 10, RuntimeInformation.FrameworkDescription, "Install the .NET 10 runtime.");

    private static Finding CLibrary() => GnuLibrary.Version() is { } version
        ? new("C library", version >= LeastGlibc, $"glibc {version}", $"libtorch needs glibc {LeastGlibc} or newer: use Debian 10, Ubuntu 18.10 or newer.")
        : new("C library", IsGood: false, "no glibc", "libtorch needs glibc; Alpine's musl does not do.");

    private static Finding Cores() => new(
        "cores", IsGood: true, $"{System.Environment.ProcessorCount}, so as many trainings at the same time unless --runners says otherwise", "");

    private static Finding Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return new("memory", bytes >= LeastMemoryBytes, Figures.Bytes(bytes), "A runner takes some 300 MB; lower --runners or add memory.");
    }

    private static Finding Disk(string store)
    {
        var free = new DriveInfo(StoreCheck.ExistingParent(store)).AvailableFreeSpace;
        return new("disk", free >= LeastFreeBytes, $"{Figures.Bytes(free)} free for {store}", "Free some space, or put --store elsewhere.");
    }
}
