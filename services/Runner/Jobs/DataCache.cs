using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Keeps the data set of the last job: a runner mostly works on one run at a time.</summary>
public sealed class DataCache
{
    private readonly Lock _lock = new();
    private (byte[] Spec, DataSplits Data)? _last;

    /// <summary>The splits of a spec. Only specs with a digest are kept, since without one changed files would go unnoticed.</summary>
    /// <exception cref="DomainException">The data is missing, corrupt or has changed.</exception>
    public DataSplits Load(DataSpec spec)
    {
        lock (_lock)
        {
            var canonical = CanonicalJson.Serialize(spec);
            if (_last is { } last && canonical.AsSpan().SequenceEqual(last.Spec))
                return last.Data;
            var data = DataSets.Load(spec);
            if (spec.Digest is not null)
                _last = (canonical, data);
            return data;
        }
    }
}
