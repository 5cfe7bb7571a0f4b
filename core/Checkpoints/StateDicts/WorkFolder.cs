namespace SparsePipeline.Checkpoints;

/// <summary>A folder beside an output for the unfinished files of one operation; it goes with the operation.</summary>
/// <remarks>
/// Its lock file is held while the operation runs. The kernel frees the lock however the process ends, kill -9 included, so the next operation with the
/// same output knows what was left behind, and removes it, from what somebody still works in.
/// </remarks>
public sealed class WorkFolder : IDisposable
{
    private const string Ending = ".partial.lock";
    private const int WouldBlock = 11;
    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>Its absolute path; nobody else has it.</summary>
    public string Path { get; }

    /// <summary>Makes one, after what crashed operations with the same output left behind is removed.</summary>
    /// <param name="output">The file that the operation writes in the end, in a folder that exists.</param>
    public static WorkFolder Beside(string output)
    {
        Sweep(System.IO.Path.GetFullPath(output));
        while (true)
        {
            var path = TemporaryName.Beside(output);
            try
            {
                var held = Lock(LockOf(path), FileMode.CreateNew);
                // Somebody may have swept between creating and locking; then the file is gone before the lock is free.
                if (File.Exists(LockOf(path)))
                    return new WorkFolder(Directory.CreateDirectory(path).FullName, held);
                held.Dispose();
            }
            catch (IOException exception) when (exception.HResult == WouldBlock)
            {
                // The same, seen while whoever sweeps still holds the lock: take another name.
            }
        }
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        File.Delete(LockOf(Path));
        _lock.Dispose();
    }

    private static void Sweep(string output)
    {
        var beginning = $".{System.IO.Path.GetFileName(output)}.";
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(output)!))
        {
            var name = System.IO.Path.GetFileName(file);
            if (name.StartsWith(beginning, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal))
                TrySweep(file);
        }
    }

    private static void TrySweep(string lockFile)
    {
        try
        {
            using var held = Lock(lockFile, FileMode.Open);
            var folder = lockFile[..^(Ending.Length - ".partial".Length)];
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            File.Delete(lockFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody works in it, or sweeps it too, or it is another user's: not ours to delete.
        }
    }

    private static string LockOf(string folder) => folder + ".lock";

    private static FileStream Lock(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
}
