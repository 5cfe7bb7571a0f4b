using System.Collections.Concurrent;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Hands the events of the bus to whoever follows a run in this process.</summary>
public sealed class RunWatches
{
    private readonly ConcurrentDictionary<RunWatch, string> _watches = new();

    /// <summary>Starts to collect the events of a run.</summary>
    public RunWatch Watch(string runId)
    {
        var watch = new RunWatch(this);
        _watches[watch] = runId;
        return watch;
    }

    /// <summary>Passes an event on; nothing happens when nobody follows the run.</summary>
    public void Tell(string runId, object message)
    {
        foreach (var (watch, watched) in _watches)
        {
            if (watched == runId)
                watch.Tell(message);
        }
    }

    internal void Forget(RunWatch watch) => _watches.TryRemove(watch, out _);
}
