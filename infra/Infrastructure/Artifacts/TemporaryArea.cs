namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>
/// This process's corner for unfinished files, <c>tmp/{id}/</c>, and the lock <c>tmp/{id}.lock</c> that proves its owner lives.
/// </summary>
/// <remarks>
/// The kernel frees the lock however the process ends, kill -9 included, so a corner whose lock is free is garbage and one whose
/// lock is held never is, whatever its age. Process numbers would not do: they repeat, and containers have their own.
/// </remarks>
internal sealed class TemporaryArea : IDisposable
{
    private const string LockExtension = ".lock";
    private readonly string _root;
    private readonly FileStream _lock;
    private long _count;

    public TemporaryArea(string root)
    {
        _root = root;
        DurableFiles.CreateFolder(root);
        (Id, _lock) = Acquire(root);
        Folder = Path.Combine(root, Id);
        Directory.CreateDirectory(Folder);
        Sweep();
    }

    /// <summary>Unique among all processes that ever used the store.</summary>
    public string Id { get; }

    /// <summary>Where this process's unfinished files are.</summary>
    public string Folder { get; }

    /// <summary>A path nobody else has.</summary>
    public string CreatePath() => Path.Combine(Folder, Interlocked.Increment(ref _count).ToString());

    /// <summary>
    /// Moves a finished file here, or copies it when it cannot be moved: so nobody changes it between hashing and publishing.
    /// </summary>
    public string TakeIn(string file)
    {
        var aside = CreatePath();
        switch (Posix.Rename(file, aside))
        {
            case 0:
                return aside;
            case Posix.CrossDevice or Posix.PermissionDenied or Posix.OperationNotPermitted:
                File.Copy(file, aside);
                return aside;
            case var error:
                throw File.Exists(file)
                    ? Posix.Error(error, $"move '{file}' into the store")
                    : new FileNotFoundException($"There is no file '{file}' to store.", file);
        }
    }

    /// <summary>Whether the process with this id has ended; false when it cannot be known.</summary>
    public bool IsGone(string id)
    {
        if (id == Id || id.AsSpan().ContainsAny('/', '.'))
            return false;
        try
        {
            using var probe = Lock(LockPath(_root, id), FileMode.Open);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes the corners of processes that have ended.</summary>
    public void Sweep()
    {
        foreach (var folder in Directory.EnumerateDirectories(_root))
            SweepOne(Path.GetFileName(folder));
        foreach (var file in Directory.EnumerateFiles(_root, "*" + LockExtension))
            SweepOne(Path.GetFileNameWithoutExtension(file));
    }

    public void Dispose()
    {
        TryDeleteFolder(Folder);
        File.Delete(LockPath(_root, Id));
        _lock.Dispose();
    }

    private static (string Id, FileStream Lock) Acquire(string root)
    {
        while (true)
        {
            var id = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
            try
            {
                var held = Lock(LockPath(root, id), FileMode.CreateNew);
                // A sweeper may have come between creating and locking; it deletes the file before it lets the lock go.
                if (File.Exists(LockPath(root, id)))
                    return (id, held);
                held.Dispose();
            }
            catch (IOException exception) when (exception.HResult == Posix.WouldBlock)
            {
                // The same race, seen while the sweeper still holds the lock: take another name.
            }
        }
    }

    private void SweepOne(string id)
    {
        if (id == Id)
            return;
        try
        {
            // Never created here: a lock file that came back under the same name would hide from its maker that it lost the first.
            using var held = Lock(LockPath(_root, id), FileMode.Open);
            TryDeleteFolder(Path.Combine(_root, id));
            File.Delete(LockPath(_root, id));
        }
        catch (FileNotFoundException)
        {
            // The lock is made before the folder and deleted after it, so a folder without a lock has no owner.
            TryDeleteFolder(Path.Combine(_root, id));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its owner lives, or another sweeper is at it, or it belongs to another user: not ours to delete.
        }
    }

    private static void TryDeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It never had one, another sweeper was faster, or it is another user's: the next sweep tries again.
        }
    }

    private static string LockPath(string root, string id) => Path.Combine(root, id + LockExtension);

    private static FileStream Lock(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
}
