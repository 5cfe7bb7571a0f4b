using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The folder both file stores live in: <c>objects/</c>, <c>steps/</c>, <c>runs/</c>, <c>tmp/</c> and <c>locks/</c>; with a bucket as store
/// its <c>cache/</c> and <c>tmp/</c> are used.</summary>
public sealed class StoreFolder : IDisposable
{
    private readonly Lock _creating = new();
    private TemporaryArea? _temporary;

    /// <summary>Nothing is created before the first write.</summary>
    public StoreFolder(IOptions<StoreOptions> options)
        : this(options.Value.Folder)
    {
    }

    internal StoreFolder(string folder) => Root = Path.GetFullPath(folder);

    /// <summary>Absolute path.</summary>
    public string Root { get; }

    internal TemporaryArea Temporary
    {
        get
        {
            // Not Lazy<T>, which would remember a full disk for ever.
            lock (_creating)
                return _temporary ??= StoreErrors.Map(Root, () => new TemporaryArea(PathOf("tmp")));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _temporary?.Dispose();

    /// <summary>The absolute path of a key or any other path relative to the store.</summary>
    internal string PathOf(string relative) => Path.Combine(Root, relative);
}
