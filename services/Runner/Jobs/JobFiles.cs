using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Moves what jobs read and write between the artifact store and local files.</summary>
internal static class JobFiles
{
    /// <summary>Stores what <paramref name="write"/> writes to a temporary file.</summary>
    public static async Task<ArtifactRef> StoreAsync(
        this IArtifactStore store, string format, Action<string> write, CancellationToken cancellationToken)
    {
        var file = store.CreateTemporaryPath();
        return await store.StoreAndCleanAsync(file, format, () => write(file), cancellationToken);
    }

    /// <summary>The script of a model that comes from one; null for models that are built in.</summary>
    public static async Task<string?> FetchScriptAsync(this IArtifactStore store, ModelSpec model, CancellationToken cancellationToken) =>
        model.Script is { } script ? await store.FetchAsync(script, cancellationToken) : null;

    /// <summary>Reads a stored report; null when there is no reference.</summary>
    public static async Task<T?> ReadReportAsync<T>(this IArtifactStore store, ArtifactRef? artifact, CancellationToken cancellationToken)
        where T : class
    {
        if (artifact is null)
            return null;
        var file = await store.FetchAsync(artifact, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<T>(await File.ReadAllBytesAsync(file, cancellationToken), ContractJson.Options);
        }
        catch (JsonException error)
        {
            throw new DomainException(
                FailureCodes.CorruptArtifact,
                $"Artifact {artifact.Digest} is no {typeof(T).Name}: {error.Message}",
                "Name the report of a training step.");
        }
    }
}
