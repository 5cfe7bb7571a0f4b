using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Webhooks;

/// <summary>Webhooks as documents <c>webhooks/{name}.json</c>; deleted ones stay, and are found and listed, too.</summary>
internal sealed class WebhookStore(IObjectStore store, TimeProvider time, ILogger<WebhookStore> log)
{
    private readonly NamedDocuments<Webhook> _documents = new(store, "webhooks");

    /// <summary>A webhook and the version of its document; null when there never was one.</summary>
    public Task<(Webhook Document, string Version)?> ReadAsync(string name, CancellationToken cancellationToken) => _documents.ReadAsync(name, cancellationToken);

    /// <summary>Writes a webhook in place of a version, or of none; returns the new version, or null when it is another by now.</summary>
    public Task<string?> TryWriteAsync(Webhook webhook, string? replaced, CancellationToken cancellationToken) =>
        _documents.TryWriteAsync(webhook.Name, webhook with { Nonce = Guid.NewGuid().ToString("N") }, replaced, cancellationToken);

    /// <summary>Names after one of them, or all, in their order.</summary>
    public IAsyncEnumerable<string> ListAsync(string? after, CancellationToken cancellationToken) => _documents.ListAsync(after, cancellationToken);

    /// <summary>All that were not deleted and can be read.</summary>
    public async IAsyncEnumerable<Webhook> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in ListAsync(after: null, cancellationToken))
        {
            if (await TryReadAsync(name, cancellationToken) is { DeletedAt: null } webhook)
                yield return webhook;
        }
    }

    /// <summary>Disables a webhook as it was read; returns what it is then, or null when it is another by now.</summary>
    public async Task<Webhook?> TryDisableAsync(Webhook webhook, string reason, CancellationToken cancellationToken)
    {
        // Somebody may have written it again since: what failed then is no reason against that.
        if (await ReadAsync(webhook.Name, cancellationToken) is not var (current, version) || current.Nonce != webhook.Nonce)
            return null;
        var disabled = current with { DisabledAt = time.GetUtcNow(), DisabledBecause = reason };
        return await TryWriteAsync(disabled, version, cancellationToken) is null ? null : disabled;
    }

    /// <summary>A webhook as it is now; null when there is none, or when it is damaged, which must not keep the others: the log says so.</summary>
    public async Task<Webhook?> TryReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(name, cancellationToken))?.Document;
        }
        catch (DomainException damaged)
        {
            log.DeliveriesRest(damaged.Message);
            return null;
        }
    }
}
