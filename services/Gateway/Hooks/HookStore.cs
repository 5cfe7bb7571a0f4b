using System.Runtime.CompilerServices;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>Hooks as documents <c>hooks/{name}.json</c>.</summary>
internal sealed class HookStore(IObjectStore store)
{
    private const string All = "hooks/";
    private const string Extension = ".json";

    /// <summary>A hook and the version of its document; null when there never was one. A deleted one is found, too.</summary>
    public async Task<(Hook Hook, string Version)?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await store.ReadAsync(PathOf(name), cancellationToken) is { } stored ? (Documents.Read<Hook>(PathOf(name), stored), stored.Version) : null;

    /// <summary>Writes a hook in place of a version, or of none; false when it is another by now.</summary>
    public async Task<bool> TryWriteAsync(Hook hook, string? replaced, CancellationToken cancellationToken) => replaced is null
        ? await store.TryCreateAsync(PathOf(hook.Name), Documents.Write(hook), cancellationToken)
        : await store.TryReplaceAsync(PathOf(hook.Name), Documents.Write(hook), replaced, cancellationToken) is not null;

    /// <summary>Names after one of them, or all, in their order; those of deleted ones, too.</summary>
    public async IAsyncEnumerable<string> ListAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in store.ListAsync(All, after is null ? null : PathOf(after), cancellationToken))
            yield return key[All.Length..^Extension.Length];
    }

    private static string PathOf(string name) => All + name + Extension;
}
