using System.Net;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>What is run with every new checkpoint of a model.</summary>
public sealed class SubscriptionsClient
{
    private readonly GatewayConnection _connection;

    internal SubscriptionsClient(GatewayConnection connection) => _connection = connection;

    /// <summary>All of them, by name.</summary>
    public IAsyncEnumerable<Subscription> ListAsync(CancellationToken cancellationToken = default) => _connection.ListAsync<Subscription>("v1/subscriptions", cancellationToken);

    /// <summary>One of them with what it has done, and the version that a change names.</summary>
    public Task<Versioned<SubscriptionAnswer>> ReadAsync(string name, CancellationToken cancellationToken = default) =>
        _connection.AskVersionedAsync<SubscriptionAnswer>(new Ask(HttpMethod.Get, At(name)), cancellationToken);

    /// <summary>Makes or changes one.</summary>
    /// <param name="name">Words of lower-case letters and digits with hyphens between them.</param>
    /// <param name="rules">What it does.</param>
    /// <param name="replaced">The version it takes the place of; null for a name that is new.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="GatewayException">412: it is another version by now, or there is one already; 400 or 422 with all that is wrong.</exception>
    public Task<Versioned<Subscription>> WriteAsync(string name, SubscriptionRules rules, string? replaced, CancellationToken cancellationToken = default) =>
        WriteAsync<SubscriptionRules>(name, rules, replaced, cancellationToken);

    /// <inheritdoc cref="WriteAsync(string, SubscriptionRules, string?, CancellationToken)"/>
    /// <param name="name">Words of lower-case letters and digits with hyphens between them.</param>
    /// <param name="rules">What it does, as somebody wrote it down; the gateway says what is wrong with it.</param>
    /// <param name="replaced">The version it takes the place of; null for a name that is new.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Versioned<Subscription>> WriteAsync(string name, JsonElement rules, string? replaced, CancellationToken cancellationToken = default) =>
        WriteAsync<JsonElement>(name, rules, replaced, cancellationToken);

    /// <summary>Ends one; what it has started goes on. One that has ended is no error: the answer to an earlier try may have been lost.</summary>
    /// <exception cref="GatewayException">412: it is another version by now.</exception>
    public async Task DeleteAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        try
        {
            await _connection.TellAsync(new Ask(HttpMethod.Delete, At(name)) { Precondition = new Precondition(version) }, cancellationToken);
        }
        catch (GatewayException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
        }
    }

    /// <summary>Starts nothing for now; the newest event waits.</summary>
    public Task<Subscription> PauseAsync(string name, CancellationToken cancellationToken = default) => _connection.AskAsync<Subscription>(Ask.Post(At(name) + "/pause", new object()), cancellationToken);

    /// <summary>Goes on after a pause.</summary>
    public Task<Subscription> ResumeAsync(string name, CancellationToken cancellationToken = default) => _connection.AskAsync<Subscription>(Ask.Post(At(name) + "/resume", new object()), cancellationToken);

    private Task<Versioned<Subscription>> WriteAsync<T>(string name, T rules, string? replaced, CancellationToken cancellationToken) =>
        _connection.AskVersionedAsync<Subscription>(new Ask(HttpMethod.Put, At(name)) { Content = () => Ask.Json(rules), Precondition = new Precondition(replaced) }, cancellationToken);

    private static string At(string name) => $"v1/subscriptions/{Uri.EscapeDataString(name)}";
}
