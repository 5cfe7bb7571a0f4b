using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>Hooks as documents <c>hooks/{name}.json</c>; deleted ones stay, and are found and listed, too.</summary>
internal sealed class HookStore(IObjectStore store)
{
    private readonly NamedDocuments<Hook> _documents = new(store, "hooks");

    /// <summary>A hook and the version of its document; null when there never was one.</summary>
    public Task<(Hook Document, string Version)?> ReadAsync(string name, CancellationToken cancellationToken) => _documents.ReadAsync(name, cancellationToken);

    /// <summary>Writes a hook in place of a version, or of none; false when it is another by now.</summary>
    public async Task<bool> TryWriteAsync(Hook hook, string? replaced, CancellationToken cancellationToken) =>
        await _documents.TryWriteAsync(hook.Name, hook, replaced, cancellationToken) is not null;

    /// <summary>Names after one of them, or all, in their order.</summary>
    public IAsyncEnumerable<string> ListAsync(string? after, CancellationToken cancellationToken) => _documents.ListAsync(after, cancellationToken);
}
