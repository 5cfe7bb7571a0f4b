using System.Runtime.CompilerServices;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Documents of one kind by name, each with a version that whoever changes it has to name: <c>{folder}/{name}.json</c>.</summary>
/// <typeparam name="T">What a document holds.</typeparam>
/// <param name="store">The store.</param>
/// <param name="folder">Their folder; what lies deeper in it is another kind's.</param>
public sealed class NamedDocuments<T>(IObjectStore store, string folder)
    where T : class
{
    private const string Extension = ".json";

    /// <summary>A document and its version; null when there is none of that name.</summary>
    public async Task<(T Document, string Version)?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await store.ReadAsync(PathOf(name), cancellationToken) is { } stored ? (Documents.Read<T>(PathOf(name), stored), stored.Version) : null;

    /// <summary>Writes a document in place of a version of it, or of none; returns the new version, or null when it is another by now.</summary>
    public async Task<string?> TryWriteAsync(string name, T document, string? replaced, CancellationToken cancellationToken)
    {
        var content = Documents.Write(document);
        if (replaced is not null)
            return await store.TryReplaceAsync(PathOf(name), content, replaced, cancellationToken);
        return await store.TryCreateAsync(PathOf(name), content, cancellationToken) ? (await store.ReadAsync(PathOf(name), cancellationToken))!.Version : null;
    }

    /// <summary>Names after one of them, or all, in their order.</summary>
    public async IAsyncEnumerable<string> ListAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(folder + "/", after is null ? null : PathOf(after), cancellationToken))
        {
            if (path.LastIndexOf('/') == folder.Length)
                yield return path[(folder.Length + 1)..^Extension.Length];
        }
    }

    private string PathOf(string name) => $"{folder}/{name}{Extension}";
}
