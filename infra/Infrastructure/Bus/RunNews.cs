using System.Collections.Concurrent;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Runs that something has happened to, as the bus tells it.</summary>
public sealed class RunNews
{
    private readonly ConcurrentDictionary<string, bool> _runs = new(StringComparer.Ordinal);
    private readonly WakeSignal _signal = new();

    /// <summary>Something has happened to a run.</summary>
    public void Tell(string runId)
    {
        _runs[runId] = true;
        Wake();
    }

    /// <summary>Something has happened that is about no run.</summary>
    public void Wake() => _signal.Wake();

    /// <summary>The runs since the last call.</summary>
    public IReadOnlyList<string> Take() => [.. _runs.Keys.Where(runId => _runs.TryRemove(runId, out _))];

    /// <inheritdoc cref="WakeSignal.WaitAsync"/>
    public Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken) => _signal.WaitAsync(most, time, cancellationToken);
}
