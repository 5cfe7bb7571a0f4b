using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>Subscriptions and their states as documents.</summary>
internal sealed class SubscriptionStore(IObjectStore store)
{
    private const string Folder = "subscriptions";
    private readonly NamedDocuments<Subscription> _documents = new(store, Folder);

    /// <summary>A subscription and the version of its document; null when there never was one. A deleted one is found, too.</summary>
    public Task<(Subscription Document, string Version)?> ReadAsync(string name, CancellationToken cancellationToken) => _documents.ReadAsync(name, cancellationToken);

    /// <summary>Writes a subscription in place of a version, or of none; returns the new version.</summary>
    /// <exception cref="RefusedRequestException">412: it is another by now.</exception>
    public async Task<string> WriteAsync(Subscription subscription, string? replaced, CancellationToken cancellationToken) =>
        await _documents.TryWriteAsync(subscription.Name, subscription, replaced, cancellationToken) ?? await OwnAsync(subscription, cancellationToken) ?? throw Preconditions.Lost();

    /// <summary>Names after one of them, or all, in their order; those of deleted ones, too.</summary>
    public IAsyncEnumerable<string> ListAsync(string? after, CancellationToken cancellationToken) => _documents.ListAsync(after, cancellationToken);

    /// <summary>What a subscription has done, and the version of that; no version when it has done nothing.</summary>
    public async Task<(SubscriptionState State, string? Version)> ReadStateAsync(string name, CancellationToken cancellationToken) =>
        await store.ReadAsync(StateOf(name), cancellationToken) is { } stored
            ? (Documents.Read<SubscriptionState>(StateOf(name), stored), stored.Version)
            : (new SubscriptionState(), null);

    /// <summary>Writes down what a subscription has done; false when somebody else has since it was read. Nothing is written when nothing is new.</summary>
    public async Task<bool> TryWriteStateAsync(string name, SubscriptionState before, SubscriptionState after, string? version, CancellationToken cancellationToken)
    {
        if (CanonicalJson.Serialize(after).AsSpan().SequenceEqual(CanonicalJson.Serialize(before)))
            return true;
        var content = Documents.Write(after with { Nonce = Guid.NewGuid().ToString("N") });
        return version is null
            ? await store.TryCreateAsync(StateOf(name), content, cancellationToken)
            : await store.TryReplaceAsync(StateOf(name), content, version, cancellationToken) is not null;
    }

    // Whoever lost the answer and sends it again has won.
    private async Task<string?> OwnAsync(Subscription subscription, CancellationToken cancellationToken) =>
        await ReadAsync(subscription.Name, cancellationToken) is var (now, version)
            && CanonicalJson.Serialize(now with { Nonce = "" }).AsSpan().SequenceEqual(CanonicalJson.Serialize(subscription with { Nonce = "" }))
            ? version
            : null;

    private static string StateOf(string name) => $"{Folder}/{name}/state.json";
}
