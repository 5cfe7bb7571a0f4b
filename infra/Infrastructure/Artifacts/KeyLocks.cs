namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Exclusion per key between threads and processes: 64 lock files, one for each share of the keys.</summary>
/// <remarks>The kernel frees a lock when its holder dies, so kill -9 blocks nobody. Locks are held for one rename.</remarks>
internal sealed class KeyLocks(StoreFolder folder) : IDisposable
{
    private const int Stripes = 64;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    // Many may queue, each for at most one turn of the lock.
    private static readonly TimeSpan LocalPatience = Patience * 4;
    private readonly SemaphoreSlim[] _local = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Runs an operation while nobody else runs one for this key.</summary>
    public async Task<T> RunAsync<T>(string key, Func<T> operation, CancellationToken cancellationToken)
    {
        var stripe = StripeOf(key);
        // Threads of this process queue here, so only processes have to poll for each other.
        if (!await _local[stripe].WaitAsync(LocalPatience, cancellationToken))
            throw new IOException($"Other threads of this process have held the lock of '{key}' for {LocalPatience.TotalSeconds:0} seconds; does the disk answer?");
        try
        {
            using var held = await AcquireAsync(folder.PathOf($"locks/{stripe:x2}.lock"), cancellationToken);
            return StoreErrors.Map(folder.PathOf(key), operation);
        }
        finally
        {
            _local[stripe].Release();
        }
    }

    public void Dispose() => Array.ForEach(_local, s => s.Dispose());

    private static async Task<FileStream> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        StoreErrors.Map(path, () => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        var started = TimeProvider.System.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(1); ; delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay)
        {
            if (StoreErrors.Map(path, () => TryOpen(path)) is { } held)
                return held;
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new IOException($"Another process has held '{path}' for {Patience.TotalSeconds:0} seconds; is it stopped?");
            await Task.Delay(delay, cancellationToken);
        }
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (exception.HResult == Posix.WouldBlock)
        {
            return null;
        }
    }

    // FNV-1a: string.GetHashCode differs between processes.
    private static int StripeOf(string key)
    {
        var hash = 2166136261u;
        foreach (var character in key)
            hash = (hash ^ character) * 16777619u;
        return (int)(hash % Stripes);
    }
}
