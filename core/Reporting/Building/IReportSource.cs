using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Building;

/// <summary>Where the documents are that steps have left: a store, or whatever a test holds.</summary>
public interface IReportSource
{
    /// <summary>The JSON document behind a reference.</summary>
    /// <exception cref="DomainException">It is missing, or not what it should be.</exception>
    Task<T> ReadAsync<T>(ArtifactRef reference, CancellationToken cancellationToken)
        where T : class;
}
