using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Reporting.Building;

namespace SparsePipeline.Infrastructure.Reports;

/// <summary>The documents of steps as a store has them.</summary>
public sealed class StoredReports(IArtifactStore artifacts) : IReportSource
{
    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(ArtifactRef reference, CancellationToken cancellationToken)
        where T : class => StoredJson.ReadAsync<T>(artifacts, reference, cancellationToken);
}
