using System.Text.RegularExpressions;

namespace SparsePipeline.Checkpoints;

/// <summary>Unfinished files that writers have left which were killed.</summary>
public static partial class LeftFiles
{
    /// <summary>Removes what killed writers of a file left beside it. What somebody still has open stays, and so does what only looks alike.</summary>
    /// <param name="path">The file they would have written.</param>
    /// <returns>Files removed, and their bytes.</returns>
    /// <remarks>Writers and readers hold a lock on what they have open; the kernel frees it however a process ends.</remarks>
    public static (int Files, long Bytes) Sweep(string path)
    {
        var full = Path.GetFullPath(path);
        var (files, bytes) = (0, 0L);
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            return (files, bytes);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, ".*.partial").Where(f => IsOf(f, Path.GetFileName(full))))
        {
            if (TrySweep(file) is not { } length)
                continue;
            files++;
            bytes += length;
        }

        return (files, bytes);
    }

    // What is written on the way to a file has a name made of the file's, and what is written on the way to that one made of its.
    private static bool IsOf(string file, string name)
    {
        var inner = Path.GetFileName(file);
        while (Temporary().Match(inner) is { Success: true } match)
        {
            inner = match.Groups["name"].Value;
            if (inner == name)
                return true;
        }

        return false;
    }

    private static long? TrySweep(string file)
    {
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            var length = held.Length;
            File.Delete(file);
            return length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody writes or reads it, or it is another user's: not ours to delete.
            return null;
        }
    }

    // As TemporaryName makes them.
    [GeneratedRegex(@"^\.(?<name>.+)\.[a-z0-9]{8}\.[a-z0-9]{3}\.partial$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Temporary();
}
