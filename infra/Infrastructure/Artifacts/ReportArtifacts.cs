using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>JSON reports as artifacts.</summary>
public static class ReportArtifacts
{
    /// <summary>Stores a report; equal reports have equal bytes and so one digest.</summary>
    public static async Task<ArtifactRef> StoreReportAsync<T>(this IArtifactStore store, T report, CancellationToken cancellationToken)
    {
        var file = store.CreateTemporaryPath();
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(report, ContractJson.Options), cancellationToken);
        return await store.StoreAsync(file, ArtifactFormats.Json, cancellationToken);
    }
}
