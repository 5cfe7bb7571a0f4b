using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>Stored recipes, which events and subscriptions name.</summary>
public sealed class RecipesClient
{
    private readonly GatewayConnection _connection;

    internal RecipesClient(GatewayConnection connection) => _connection = connection;

    /// <summary>Names of all.</summary>
    public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken = default) => _connection.ListAsync<string>("v1/recipes", cancellationToken);

    /// <summary>One of them, and the version that a change names.</summary>
    public Task<Versioned<StoredRecipe>> ReadAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.AskVersionedAsync<StoredRecipe>(new Ask(HttpMethod.Get, At(name)), cancellationToken);

    /// <summary>All its versions, newest first.</summary>
    public IAsyncEnumerable<StoredRecipe> VersionsAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.ListAsync<StoredRecipe>(At(name) + "/versions", cancellationToken);

    /// <summary>Stores a recipe.</summary>
    /// <param name="name">Words of lower-case letters and digits with hyphens between them.</param>
    /// <param name="text">The recipe, in YAML or JSON.</param>
    /// <param name="replaced">The version it takes the place of; null for a name that is new.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="GatewayException">412: it is another version by now, or there is one already; 400 or 422 with all that is wrong with the recipe.</exception>
    public Task<Versioned<StoredRecipe>> WriteAsync(string name, string text, string? replaced, CancellationToken cancellationToken = default) =>
        _connection.AskVersionedAsync<StoredRecipe>(new Ask(HttpMethod.Put, At(name)) { Content = () => Ask.Yaml(text), Precondition = new Precondition(replaced) }, cancellationToken);

    private static string At(string name) => $"v1/recipes/{Uri.EscapeDataString(name)}";
}
