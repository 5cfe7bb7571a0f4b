using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Reads JSON artifacts.</summary>
public static class StoredJson
{
    /// <summary>The document behind a reference.</summary>
    /// <exception cref="DomainException">It is missing, or not what it should be.</exception>
    public static async Task<T> ReadAsync<T>(IArtifactStore artifacts, ArtifactRef reference, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(await artifacts.FetchAsync(reference, cancellationToken));
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, ContractJson.Options, cancellationToken) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new DomainException(FailureCodes.CorruptArtifact, $"Artifact {reference.Digest} is no {typeof(T).Name}: {error.Message}", "Delete it and run again.");
        }
    }
}
