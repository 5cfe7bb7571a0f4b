using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>Subscriptions and their states as documents.</summary>
internal sealed class SubscriptionStore(IObjectStore store)
{
    private const string All = "subscriptions/";
    private const string Extension = ".json";

    /// <summary>A subscription and the version of its document; null when there never was one. A deleted one is found, too.</summary>
    public async Task<(Subscription Subscription, string Version)?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await store.ReadAsync(PathOf(name), cancellationToken) is { } stored ? (Documents.Read<Subscription>(PathOf(name), stored), stored.Version) : null;

    /// <summary>Writes a subscription in place of a version, or of none; returns the new version.</summary>
    /// <exception cref="RefusedRequestException">412: it is another by now.</exception>
    public async Task<string> WriteAsync(Subscription subscription, string? replaced, CancellationToken cancellationToken)
    {
        var (path, content) = (PathOf(subscription.Name), Documents.Write(subscription));
        if (replaced is not null)
            return await store.TryReplaceAsync(path, content, replaced, cancellationToken) ?? throw Preconditions.Lost();
        return await store.TryCreateAsync(path, content, cancellationToken) ? (await store.ReadAsync(path, cancellationToken))!.Version : throw Preconditions.Lost();
    }

    /// <summary>Names after one of them, or all, in their order; those of deleted ones, too.</summary>
    public async IAsyncEnumerable<string> ListAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in store.ListAsync(All, after is null ? null : PathOf(after), cancellationToken))
        {
            if (key.LastIndexOf('/') == All.Length - 1)
                yield return key[All.Length..^Extension.Length];
        }
    }

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

    private static string PathOf(string name) => All + name + Extension;

    private static string StateOf(string name) => $"{All}{name}/state{Extension}";
}
