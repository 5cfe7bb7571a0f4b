namespace SparsePipeline.Infrastructure.Collection;

/// <summary>A folder has none: unfinished files are in its temporary area, which sweeps itself.</summary>
internal sealed class NoUnfinishedUploads : IUnfinishedUploads
{
    /// <inheritdoc />
    public Task<long> AbortAsync(DateTimeOffset before, bool dryRun, CancellationToken cancellationToken) => Task.FromResult(0L);
}
