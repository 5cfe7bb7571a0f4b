namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Turns errors of the file system into exceptions that say what to do.</summary>
internal static class StoreErrors
{
    /// <summary>Runs an operation; disk-full, quota, read-only and permission errors come out as <see cref="StoreUnavailableException"/>.</summary>
    public static T Map<T>(string path, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception exception) when (Explain(path, exception) is not null)
        {
            throw Unavailable(path, exception);
        }
    }

    /// <summary>The exception to throw instead of one that <see cref="Explain"/> knows.</summary>
    public static StoreUnavailableException Unavailable(string path, Exception exception)
    {
        var (reason, remedy) = Explain(path, exception) ?? (exception.Message, "");
        return new StoreUnavailableException(reason, remedy, exception) { FullDisk = FullDisk.Find(exception) is null ? null : path };
    }

    /// <inheritdoc cref="Map{T}(string, Func{T})"/>
    public static void Map(string path, Action operation) => Map(path, () =>
    {
        operation();
        return true;
    });

    /// <summary>What happened and what to do, or null when this is not one of the known conditions.</summary>
    public static (string Reason, string Remedy)? Explain(string path, Exception exception) => exception switch
    {
        StoreUnavailableException => null,
        UnauthorizedAccessException => ($"No permission to use '{path}'.", "Give this user read and write access to the store folder."),
        IOException { HResult: Posix.NoSpace } => ($"The disk is full at '{path}'.", "Free space or move the store (Store:Folder)."),
        IOException { HResult: Posix.QuotaExceeded } => ($"The disk quota is used up at '{path}'.", "Free space or raise the quota."),
        IOException { HResult: Posix.ReadOnlyFileSystem } =>
            ($"The file system of '{path}' is read-only.", "Mount it writable or move the store (Store:Folder)."),
        _ => null,
    };
}
