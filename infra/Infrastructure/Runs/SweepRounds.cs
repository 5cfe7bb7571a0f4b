namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Which of the active runs a sweep looks at, so that its cost follows what changed and not how many runs wait.</summary>
/// <remarks>
/// Looked at are runs that appeared since the last sweep, runs that changed when they were last looked at or have a step at work, runs whose
/// deadline has come, and of all others those that nobody looked at for longest, <see cref="Quiet"/> of them. So up to that many active runs are
/// looked at in every sweep, and of more each comes round in its turn: what an event lost for a run that waits costs then.
/// </remarks>
public sealed class SweepRounds
{
    /// <summary>Runs without news that one sweep looks at.</summary>
    public const int Quiet = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private long _round;

    /// <summary>The runs to look at now; what is not among the active ones is forgotten.</summary>
    public IReadOnlyList<string> Choose(IReadOnlyCollection<string> active, DateTimeOffset now)
    {
        lock (_gate)
        {
            Forget(active);
            _round++;
            // Whoever begins to sweep knows none of them, and need not hurry: whoever swept before did.
            var appeared = active.Where(run => !_seen.ContainsKey(run)).ToList();
            foreach (var run in appeared)
                _seen[run] = new Seen(Look: null, LookedAt: 0, IsHot: _round > 1);
            var hot = active.Where(run => _seen[run] is var seen && (seen.IsHot || seen.Look?.WakeAt <= now)).ToList();
            var quiet = active.Except(hot).OrderBy(run => _seen[run].LookedAt).Take(Quiet);
            return [.. hot, .. quiet];
        }
    }

    /// <summary>Remembers what a run looked like.</summary>
    public void Looked(string runId, RunLook look)
    {
        lock (_gate)
            _seen[runId] = new Seen(look, _round, IsHot: look.IsAtWork || _seen.GetValueOrDefault(runId)?.Look?.Standing != look.Standing);
    }

    private void Forget(IReadOnlyCollection<string> active)
    {
        if (_seen.Count == 0)
            return;
        var known = active.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _seen.Keys.Where(run => !known.Contains(run)).ToList())
            _seen.Remove(gone);
    }

    private sealed record Seen(RunLook? Look, long LookedAt, bool IsHot);
}
