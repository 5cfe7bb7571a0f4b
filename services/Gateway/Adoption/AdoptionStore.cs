using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Adoption;

/// <summary>Adoptions as documents, with a mark for each that has not come to its end. The mark comes first, so that a crash leaves none that no sweep knows of.</summary>
internal sealed class AdoptionStore(IObjectStore store, TimeProvider time)
{
    private const string Folder = "requests/adoptions";
    private const string Marks = "requests/adopting/";
    private const string Extension = ".json";
    private const int IdLength = 32;
    private readonly NamedDocuments<AdoptionState> _documents = new(store, Folder);

    /// <summary>Tells the sweep of this process that there is something to do.</summary>
    public WakeSignal Signal { get; } = new();

    /// <summary>The adoption of an object for somebody, a new one unless there is one whose end still counts.</summary>
    /// <param name="scope">For what: the id of a key, or of an event. The same object for the same is the same adoption.</param>
    /// <param name="keyId">Who wants it.</param>
    /// <param name="request">Which object.</param>
    /// <param name="isAgain">Whether one that has ended is begun again: the object may be another by now.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<AdoptionState> OpenAsync(string scope, string keyId, AdoptionRequest request, bool isAgain, CancellationToken cancellationToken)
    {
        var adoptionId = IdOf(scope, request);
        for (var tries = new ConditionalTries($"{Folder}/{adoptionId}"); ; await tries.FailedAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            var found = await _documents.ReadAsync(adoptionId, cancellationToken);
            if (found is var (known, _) && (known.State == AdoptionState.Accepted || !isAgain) && known.ExpiresAt > now)
            {
                // Whoever wrote it may have died before the mark was there, or the mark may have been given up.
                if (known.State == AdoptionState.Accepted)
                    await MarkAsync(adoptionId, cancellationToken);
                return known;
            }
            var opened = new AdoptionState
            {
                AdoptionId = adoptionId,
                Request = request,
                KeyId = keyId,
                State = AdoptionState.Accepted,
                At = now,
                ExpiresAt = now + Idempotency.Kept,
                Nonce = Guid.NewGuid().ToString("N"),
            };
            await MarkAsync(adoptionId, cancellationToken);
            if (await _documents.TryWriteAsync(adoptionId, opened, found?.Version, cancellationToken) is null)
                continue;
            // Again, because whoever ended the one before may have taken its mark away in between.
            await MarkAsync(adoptionId, cancellationToken);
            return opened;
        }
    }

    /// <summary>An adoption and the version of its document; null when there is none.</summary>
    public async Task<(AdoptionState Document, string Version)?> FindAsync(string adoptionId, CancellationToken cancellationToken) =>
        adoptionId.Length == IdLength && !adoptionId.AsSpan().ContainsAnyExcept("0123456789abcdef") ? await _documents.ReadAsync(adoptionId, cancellationToken) : null;

    /// <summary>Ids of those that have not come to their end, or whose end was not noted.</summary>
    public IAsyncEnumerable<string> PendingAsync(CancellationToken cancellationToken) =>
        store.ListAsync(Marks, cancellationToken).Select(path => path[Marks.Length..^Extension.Length]);

    /// <summary>Writes an end down; false when somebody else has changed the document.</summary>
    public async Task<bool> TryEndAsync(AdoptionState ended, string version, CancellationToken cancellationToken) =>
        await _documents.TryWriteAsync(ended.AdoptionId, ended with { Nonce = Guid.NewGuid().ToString("N") }, version, cancellationToken) is not null;

    /// <summary>Takes the mark away; when the adoption is begun again at this moment the mark is put back.</summary>
    public async Task CloseAsync(string adoptionId, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(Marks + adoptionId + Extension, cancellationToken);
        if (await FindAsync(adoptionId, cancellationToken) is ({ State: AdoptionState.Accepted }, _))
            await MarkAsync(adoptionId, cancellationToken);
    }

    private async Task MarkAsync(string adoptionId, CancellationToken cancellationToken)
    {
        // With its end, so that a collection takes away what a crash left without a document.
        await store.TryCreateAsync(Marks + adoptionId + Extension, Documents.Write(new { ExpiresAt = time.GetUtcNow() + Idempotency.Kept }), cancellationToken);
        Signal.Wake();
    }

    private static string IdOf(string scope, AdoptionRequest request) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{request.Uri}\n{request.VersionId}\n{request.Sha256}\n{request.Format}")))[..IdLength];
}
