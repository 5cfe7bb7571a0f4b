namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>A walk over a bucket, a page in memory at a time, that goes on after the last entry where an error cut it off.</summary>
/// <param name="read">Reads the page after a key, or the first.</param>
/// <param name="startAfter">Entries up to this key are left out; null for none.</param>
internal sealed class S3Listing(Func<string?, StallGuard, Task<S3Page>> read, string? startAfter = null)
{
    private readonly Queue<S3Entry> _page = new();
    private string? _last = startAfter;
    private bool _ended;

    /// <summary>The next entry, or null at the end.</summary>
    public async Task<S3Entry?> NextAsync(StallGuard guard)
    {
        if (_page.Count == 0 && !_ended)
            await TurnAsync(guard);
        if (!_page.TryDequeue(out var entry))
            return null;
        _last = entry.Key;
        return entry;
    }

    private async Task TurnAsync(StallGuard guard)
    {
        var page = await read(_last, guard);
        foreach (var entry in page.Entries.Where(e => string.CompareOrdinal(e.Key, _last) > 0))
            _page.Enqueue(entry);
        // Asked again it would say the same for ever.
        if (_page.Count == 0 && !page.IsLast)
            throw new S3RequestException(status: null, "NotImplemented", $"listing: the server has more after '{_last}' and does not say it (start-after of ListObjectsV2)");
        _ended = page.IsLast;
    }
}
