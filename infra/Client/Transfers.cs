namespace SparsePipeline.Client;

/// <summary>How long files may take.</summary>
internal static class Transfers
{
    // A slower line than this is one that was lost.
    private const double SlowestBytesPerSecond = 64 * 1024;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(100);

    /// <summary>The bound of a try for a file of so many bytes.</summary>
    public static TimeSpan PatienceFor(long bytes) => Least + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond);
}
