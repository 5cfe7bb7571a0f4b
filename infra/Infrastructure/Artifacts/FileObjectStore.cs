using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Documents as files in a <see cref="StoreFolder"/>; processes on one machine, or on one NFS 4 mount, may share it.</summary>
/// <remarks>
/// Creating is link(2), which never replaces and never shows half a file. Replacing compares and renames under a lock per key.
/// A version is the SHA-256 of the content. Reading takes no lock: a rename leaves readers the file they opened.
/// </remarks>
public sealed class FileObjectStore(StoreFolder folder, DiskPatience? patience = null) : IObjectStore, IDisposable
{
    private readonly KeyLocks _locks = new(folder);

    /// <inheritdoc />
    public async Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var content = await ReadFileAsync(folder.PathOf(ObjectKeys.Validate(key)), cancellationToken);
        return content is null ? null : new StoredObject(content, VersionOf(content));
    }

    /// <inheritdoc />
    public Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = Prepare(key, content);
        // On the pool because a sync to disk may take long.
        return PatientlyAsync(() => Task.Run(() => StoreErrors.Map(path, () => TryCreate(path, content)), cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<string?> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, string version, CancellationToken cancellationToken)
    {
        var path = Prepare(key, content);
        return PatientlyAsync(() => Task.Run(() => _locks.RunAsync(key, () => Replace(path, content, version), cancellationToken), cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = Prepare(key, content);
        return PatientlyAsync(() => Task.Run(() => _locks.RunAsync(key, () => Write(path, content), cancellationToken), cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var path = folder.PathOf(ObjectKeys.Validate(key));
        return Task.Run(() => _locks.RunAsync(key, () => Delete(path), cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ListAsync(prefix, startAfter: null, cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListAsync(string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cut = ObjectKeys.ValidatePrefix(prefix).LastIndexOf('/') + 1;
        foreach (var key in ObjectListing.Under(folder.Root, prefix[..cut], prefix[cut..], startAfter ?? ""))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
        await Task.CompletedTask; // an iterator over local folders has nothing to wait for
    }

    /// <inheritdoc />
    public void Dispose() => _locks.Dispose();

    private Task<T> PatientlyAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) =>
        patience is null ? write() : patience.RunAsync(write, cancellationToken);

    private static string VersionOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static bool Delete(string path)
    {
        DurableFiles.Delete(path);
        return true;
    }

    private static async Task<byte[]?> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // Sharing everything takes no lock, so readers never stand in a writer's way.
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[RandomAccess.GetLength(handle)];
            var length = 0;
            for (int read; (read = await RandomAccess.ReadAsync(handle, content.AsMemory(length), length, cancellationToken)) > 0;)
                length += read;
            return content[..length];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (StoreErrors.Explain(path, exception) is not null)
        {
            throw StoreErrors.Unavailable(path, exception);
        }
    }

    private string Prepare(string key, ReadOnlyMemory<byte> content)
    {
        ObjectKeys.ValidateContent(key, content.Length);
        return folder.PathOf(ObjectKeys.Validate(key));
    }

    private bool TryCreate(string path, ReadOnlyMemory<byte> content) =>
        !File.Exists(path) && WithAside(content, aside => DurableFiles.TryPublish(aside, path));

    private string? Replace(string path, ReadOnlyMemory<byte> content, string version) =>
        File.Exists(path) && VersionOf(File.ReadAllBytes(path)) == version ? Write(path, content) : null;

    private string Write(string path, ReadOnlyMemory<byte> content)
    {
        WithAside(content, aside =>
        {
            DurableFiles.Replace(aside, path);
            return true;
        });
        return VersionOf(content.Span);
    }

    private bool WithAside(ReadOnlyMemory<byte> content, Func<string, bool> publish)
    {
        var aside = folder.Temporary.CreatePath();
        try
        {
            DurableFiles.WriteAside(aside, content.Span);
            return publish(aside);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
