using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Recipes;

/// <summary>Recipes by name. Every version stays, so that what was decided with one can be looked up and done again.</summary>
internal sealed class RecipeShelf(IObjectStore store, TimeProvider time)
{
    private const string Folder = "recipes";
    private const int VersionLength = 12;
    private readonly NamedDocuments<StoredRecipe> _documents = new(store, Folder);

    /// <summary>A recipe and the version of its document; null when there is none of that name.</summary>
    public Task<(StoredRecipe Document, string Version)?> ReadAsync(string name, CancellationToken cancellationToken) => _documents.ReadAsync(name, cancellationToken);

    /// <summary>One version of a recipe, which nothing can change; null when there is none.</summary>
    public Task<StoredRecipe?> ReadVersionAsync(string name, string version, CancellationToken cancellationToken) =>
        store.ReadAsync<StoredRecipe>(PathOf(name, version), cancellationToken);

    /// <summary>Stores a recipe that was checked.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The recipe.</param>
    /// <param name="keyId">Who stores it.</param>
    /// <param name="replaced">The version of the document it replaces; null when there must be none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RefusedRequestException">412: the document is another by now.</exception>
    public async Task<(StoredRecipe Recipe, string Version)> WriteAsync(string name, string text, string keyId, string? replaced, CancellationToken cancellationToken)
    {
        var recipe = new StoredRecipe
        {
            Name = name,
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..VersionLength],
            Text = text,
            StoredAt = time.GetUtcNow(),
            StoredBy = keyId,
            Nonce = Guid.NewGuid().ToString("N"),
        };
        // The version first: whoever reads the name finds what it names.
        await store.TryCreateAsync(PathOf(name, recipe.Version), Documents.Write(recipe), cancellationToken);
        if (await _documents.TryWriteAsync(name, recipe, replaced, cancellationToken) is { } version)
            return (recipe, version);
        // Whoever lost the answer and sends it again has won.
        return await ReadAsync(name, cancellationToken) is var (now, same) && now.Version == recipe.Version && now.StoredBy == keyId ? (now, same) : throw Preconditions.Lost();
    }

    /// <summary>Names after one of them, or all, in their order.</summary>
    public IAsyncEnumerable<string> ListAsync(string? after, CancellationToken cancellationToken) => _documents.ListAsync(after, cancellationToken);

    /// <summary>The versions of a recipe, in no order that means anything.</summary>
    public async IAsyncEnumerable<StoredRecipe> VersionsAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in store.ListAsync($"{Folder}/{name}/", cancellationToken))
        {
            if (await store.ReadAsync<StoredRecipe>(key, cancellationToken) is { } recipe)
                yield return recipe;
        }
    }

    private static string PathOf(string name, string version) => $"{Folder}/{name}/{version}.json";
}
