using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Changes claims by conditional writes and judges which of them are dead.</summary>
internal sealed class ClaimDocuments(IObjectStore store, IClaimOwners owners, TimeProvider time)
{
    private readonly ObservedAges _ages = new(time);

    /// <summary>Reads a claim, decides and writes, again and again until nobody came in between.</summary>
    /// <param name="path">Key of the document.</param>
    /// <param name="decide">
    /// Told the claim (null when there is none) and whether it is dead; answers with the next one, or null to leave everything as it is.
    /// </param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <returns>The claim written, or null.</returns>
    public async Task<Claim?> TryChangeAsync(string path, Func<Claim?, bool, Claim?> decide, CancellationToken cancellationToken)
    {
        for (var tries = new ConditionalTries(path); ; await tries.FailedAsync(cancellationToken))
        {
            var document = await store.ReadAsync(path, cancellationToken);
            var claim = document is null ? null : Read(path, document);
            var dead = document is not null && IsDead(path, claim!, document.Version);
            if (decide(claim, dead) is not { } decided)
                return null;
            var next = decided with { At = time.GetUtcNow(), Revision = (claim?.Revision ?? 0) + 1 };
            if (!await TryWriteAsync(path, next, document?.Version, cancellationToken))
                continue;
            _ages.Forget(path);
            if (dead && claim!.IsHeld)
                StepTelemetry.ClaimExpired();
            return next;
        }
    }

    /// <summary>The claim as it is; null when there is none.</summary>
    public async Task<Claim?> ReadAsync(string path, CancellationToken cancellationToken) =>
        await store.ReadAsync(path, cancellationToken) is { } document ? Read(path, document) : null;

    // A damaged claim says nothing, and what it said is told again by whoever takes it.
    private static Claim Read(string path, StoredObject document)
    {
        try
        {
            return Documents.Read<Claim>(path, document);
        }
        catch (DomainException)
        {
            return new Claim();
        }
    }

    private async Task<bool> TryWriteAsync(string path, Claim claim, string? version, CancellationToken cancellationToken)
    {
        var content = Documents.Write(claim);
        return version is null
            ? await store.TryCreateAsync(path, content, cancellationToken)
            : await store.TryReplaceAsync(path, content, version, cancellationToken) is not null;
    }

    private bool IsDead(string path, Claim claim, string version) =>
        claim.Owner is not null
        && (_ages.Of(path, version) >= TimeSpan.FromSeconds(claim.LeaseSeconds) || (claim.IsHeld && owners.IsGone(claim.Owner)));
}
