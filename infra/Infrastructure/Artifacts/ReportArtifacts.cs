using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>JSON reports as artifacts.</summary>
public static class ReportArtifacts
{
    /// <summary>Stores what is written to a temporary file, of which nothing is left: a part of one would fill a disk that is full already.</summary>
    public static async Task<ArtifactRef> StoreAndCleanAsync(
        this IArtifactStore store, string file, string format, Action write, CancellationToken cancellationToken)
    {
        try
        {
            write();
            return await store.StoreAsync(file, format, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Stores a report; equal reports have equal bytes and so one digest.</summary>
    public static async Task<ArtifactRef> StoreReportAsync<T>(this IArtifactStore store, T report, CancellationToken cancellationToken)
    {
        var file = store.CreateTemporaryPath();
        return await store.StoreAndCleanAsync(
            file, ArtifactFormats.Json, () => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(report, ContractJson.Options)), cancellationToken);
    }
}
