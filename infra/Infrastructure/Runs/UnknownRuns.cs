using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Names of runs that do not exist, so that a flood of events about them costs one look each and one line in the log.</summary>
/// <remarks>An entry lives for seconds only: a run may be submitted after the first event about it. What is missed until then is swept.</remarks>
public sealed class UnknownRuns(TimeProvider time, ILogger<UnknownRuns> log)
{
    private const int Capacity = 20_000;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(30);

    private readonly RecentlyUsed<string, long> _seen = new(Capacity, StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long? _burst;
    private long _unsaid;

    /// <summary>True when nothing need be looked up: the name is none, or was looked up a moment ago.</summary>
    public bool Knows(string runId)
    {
        var known = !RunId.IsWellFormed(runId) || (_seen.TryGet(runId, out var since) && time.GetElapsedTime(since) < Memory);
        if (known)
            Tell(runId);
        return known;
    }

    /// <summary>Remembers a name that was looked up in vain.</summary>
    public void Add(string runId)
    {
        _seen.Set(runId, time.GetTimestamp());
        Tell(runId);
    }

    /// <summary>Forgets a name: the run was submitted.</summary>
    public void Forget(string runId) => _seen.Remove(runId);

    private void Tell(string runId)
    {
        long before;
        lock (_gate)
        {
            _unsaid++;
            if (_burst is { } since && time.GetElapsedTime(since) < Burst)
                return;
            (_burst, before, _unsaid) = (time.GetTimestamp(), _unsaid - 1, 0);
        }
        log.UnknownRun(runId.Length > 200 ? runId[..200] : runId, before);
    }
}
