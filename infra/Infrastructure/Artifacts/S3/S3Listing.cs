namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>A walk over a bucket that can be taken up again where an error cut it off.</summary>
/// <param name="open">Starts at the beginning; the library offers nothing else, so what was seen is skipped.</param>
/// <param name="startAfter">Entries up to this key are left out; null for none.</param>
internal sealed class S3Listing(Func<CancellationToken, IAsyncEnumerable<S3Entry>> open, string? startAfter = null) : IAsyncDisposable
{
    private CancellationTokenSource? _stop;
    private IAsyncEnumerator<S3Entry>? _entries;
    private string? _last = startAfter;

    /// <summary>The next entry, or null at the end.</summary>
    public async Task<S3Entry?> NextAsync(StallGuard guard)
    {
        try
        {
            _stop ??= new CancellationTokenSource();
            _entries ??= open(_stop.Token).GetAsyncEnumerator(_stop.Token);
            await using var stall = guard.Token.Register(_stop.Cancel);
            while (await _entries.MoveNextAsync())
            {
                if (string.CompareOrdinal(_entries.Current.Key, _last) <= 0)
                    continue;
                _last = _entries.Current.Key;
                return _entries.Current;
            }
            return null;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends this walk; the next entry is looked for by a new one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_entries is not null)
            await _entries.DisposeAsync();
        _stop?.Dispose();
        (_entries, _stop) = (null, null);
    }
}
