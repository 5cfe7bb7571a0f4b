using System.Text.RegularExpressions;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Tells a disk without space, whoever met it, from every other trouble: it is waited for.</summary>
public static partial class FullDisk
{
    private const string SomeDisk = "this machine's disk";

    /// <summary>Where the disk is full, or null when that is not what happened.</summary>
    public static string? Find(Exception? exception) => exception switch
    {
        null => null,
        StoreUnavailableException { FullDisk: { } path } => path,
        IOException { HResult: Posix.NoSpace or Posix.QuotaExceeded } full => PathIn(full.Message) ?? SomeDisk,
        IOException unreserved when Unreserved().Match(unreserved.Message) is { Success: true } path => path.Groups["path"].Value,
        _ => Find(exception.InnerException),
    };

    // The runtime puts the path at the end, in quotes.
    private static string? PathIn(string message) => Quoted().Match(message) is { Success: true } path ? path.Groups["path"].Value : null;

    // Space that cannot be reserved is reported without an error number.
    [GeneratedRegex("^Failed to create '(?<path>.*)' with allocation size '[0-9]+' because the disk was full", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unreserved();

    [GeneratedRegex("'(?<path>/[^']*)'\\.?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
