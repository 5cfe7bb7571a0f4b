using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The folder both file stores live in: <c>objects/</c>, <c>steps/</c>, <c>runs/</c>, <c>tmp/</c> and <c>locks/</c>.</summary>
public sealed class StoreFolder : IDisposable
{
    private readonly Lazy<TemporaryArea> _temporary;

    /// <summary>Nothing is created before the first write.</summary>
    public StoreFolder(IOptions<StoreOptions> options)
        : this(options.Value.Folder)
    {
    }

    internal StoreFolder(string folder)
    {
        Root = Path.GetFullPath(folder);
        _temporary = new(() => StoreErrors.Map(Root, () => new TemporaryArea(Path.Combine(Root, "tmp"))));
    }

    /// <summary>Absolute path.</summary>
    public string Root { get; }

    internal TemporaryArea Temporary => _temporary.Value;

    /// <inheritdoc />
    public void Dispose()
    {
        if (_temporary.IsValueCreated)
            _temporary.Value.Dispose();
    }

    /// <summary>The absolute path of a key or any other path relative to the store.</summary>
    internal string PathOf(string relative) => Path.Combine(Root, relative);
}
