using System.Collections.Concurrent;

namespace SparsePipeline.Gateway.Events;

/// <summary>What this process fails at again and again, and since when, by its own stopwatch.</summary>
internal sealed class StuckEvents(TimeProvider time)
{
    /// <summary>Stands for the look at events as a whole; no event has such a key.</summary>
    public const string Sweep = "";

    private readonly ConcurrentDictionary<string, long> _since = new(StringComparer.Ordinal);

    /// <summary>Since the oldest of them; zero when there is none.</summary>
    public TimeSpan Age => _since.Values is { Count: > 0 } all ? time.GetElapsedTime(all.Min()) : TimeSpan.Zero;

    /// <summary>It was tried, and failed.</summary>
    public void Failed(string eventKey) => _since.TryAdd(eventKey, time.GetTimestamp());

    /// <summary>It was tried, and did not fail.</summary>
    public void Went(string eventKey) => _since.TryRemove(eventKey, out _);

    /// <summary>Forgets events that somebody else has brought to their end.</summary>
    public void KeepOnly(IReadOnlyCollection<string> pending)
    {
        foreach (var gone in _since.Keys.Except(pending, StringComparer.Ordinal).Where(key => key != Sweep).ToList())
            _since.TryRemove(gone, out _);
    }
}
