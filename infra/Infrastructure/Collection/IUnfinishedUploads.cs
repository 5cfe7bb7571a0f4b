namespace SparsePipeline.Infrastructure.Collection;

/// <summary>Uploads in parts that somebody began and never finished; they take space and nobody sees them.</summary>
/// <remarks>This program writes every blob with one request and leaves none; other tools at the same bucket may.</remarks>
public interface IUnfinishedUploads
{
    /// <summary>Aborts those begun before a time, or counts them only.</summary>
    Task<long> AbortAsync(DateTimeOffset before, bool dryRun, CancellationToken cancellationToken);
}
