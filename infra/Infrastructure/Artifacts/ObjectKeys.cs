using System.Buffers;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The keys an object store accepts, the same for every implementation.</summary>
/// <remarks>
/// Segments of letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, none starting with a dot, so no key leaves the store or hits a hidden file.
/// Documents end in <c>.json</c> and folders do not, so no document's key is a folder of another's, which a file system could not hold.
/// </remarks>
internal static class ObjectKeys
{
    public const int MaxLength = 512;
    public const int MaxContentBytes = 1024 * 1024;
    public const string Extension = ".json";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Returns the key; throws <see cref="ArgumentException"/> when it is not one.</summary>
    public static string Validate(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var segments = key.Split('/');
        var valid = key.Length <= MaxLength && segments.All(IsSegment)
            && segments[^1].EndsWith(Extension, StringComparison.Ordinal)
            && !segments[..^1].Any(s => s.EndsWith(Extension, StringComparison.Ordinal));
        return valid ? key : throw new ArgumentException(
            $"'{key}' is not an object key: use up to {MaxLength} characters, segments of A-Z a-z 0-9 - _ . that do not start with a dot, "
            + "'/' between them, and '.json' at the end only.",
            nameof(key));
    }

    /// <summary>Returns the prefix; throws <see cref="ArgumentException"/> when no key can start with it.</summary>
    public static string ValidatePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var segments = prefix.Split('/');
        var valid = prefix.Length <= MaxLength && segments[..^1].All(IsSegment) && (segments[^1].Length == 0 || IsSegment(segments[^1]));
        return valid ? prefix : throw new ArgumentException($"'{prefix}' is not the start of an object key.", nameof(prefix));
    }

    /// <summary>Throws when a document is larger than documents may be.</summary>
    public static void ValidateContent(string key, int bytes)
    {
        if (bytes > MaxContentBytes)
        {
            throw new ArgumentException(
                $"The document '{key}' has {bytes} bytes; at most {MaxContentBytes} are allowed: store it as an artifact.", nameof(bytes));
        }
    }

    private static bool IsSegment(string segment) =>
        segment.Length is > 0 and <= 200 && segment[0] != '.' && !segment.AsSpan().ContainsAnyExcept(Allowed);
}
