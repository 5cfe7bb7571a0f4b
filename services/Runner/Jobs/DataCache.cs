using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Keeps the data set of the last job: a runner mostly works on one run at a time.</summary>
public sealed class DataCache
{
    private readonly Lock _lock = new();
    private (byte[] Spec, DataSplits Data)? _last;

    /// <summary>The splits of a spec. Only specs with a digest are kept, since without one changed files would go unnoticed.</summary>
    /// <param name="spec">The data set.</param>
    /// <param name="task">What networks are to do with it; null for <c>classification</c>.</param>
    /// <exception cref="DomainException">The data is missing, corrupt or has changed.</exception>
    public DataSplits Load(DataSpec spec, MethodSpec? task = null)
    {
        lock (_lock)
        {
            var canonical = CanonicalJson.Serialize(new Loaded(spec, task));
            if (_last is { } last && canonical.AsSpan().SequenceEqual(last.Spec))
                return last.Data;
            var data = DataSets.Load(spec, task);
            if (spec.Digest is not null)
                _last = (canonical, data);
            return data;
        }
    }

    /// <summary>The same, of data that an earlier step has stored too.</summary>
    /// <inheritdoc cref="Load(DataSpec, MethodSpec?)"/>
    public async Task<DataSplits> LoadAsync(DataSpec spec, MethodSpec? task, IArtifactStore store, CancellationToken cancellationToken) => spec.Stored is { } stored
        ? DataSets.Load(spec with { Path = await store.FetchAsync(stored, cancellationToken) }, task)
        : Load(spec, task);

    private sealed record Loaded(DataSpec Data, MethodSpec? Task);
}
