using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>
/// How often a run is nudged for the same steps: at the next sweep, then after twice the time each, so that workers of a kind that are all
/// switched off do not come back to a queue full of nudges.
/// </summary>
public sealed class NudgePatience(IOptions<RunFollowerOptions> runs, IOptions<ClaimOptions> claims, TimeProvider time)
{
    private const int Capacity = 20_000;
    private readonly RecentlyUsed<string, (string Steps, int Times, long At)> _nudged = new(Capacity, StringComparer.Ordinal);

    /// <summary>Whether to nudge now for these steps that nobody speaks for; it is remembered as done.</summary>
    public bool MayNudge(string runId, IReadOnlyList<string> steps)
    {
        if (steps.Count == 0)
        {
            _nudged.Remove(runId);
            return false;
        }
        var name = string.Join(' ', steps.Order(StringComparer.Ordinal));
        var (times, again) = _nudged.TryGet(runId, out var last) && last.Steps == name
            ? (last.Times + 1, time.GetElapsedTime(last.At) >= Patience(last.Times))
            : (1, true);
        if (again)
            _nudged.Set(runId, (name, times, time.GetTimestamp()));
        return again;
    }

    /// <summary>The nudge did not reach anybody.</summary>
    public void Forget(string runId) => _nudged.Remove(runId);

    private TimeSpan Patience(int times) =>
        TimeSpan.FromSeconds(Math.Min(runs.Value.SweepSeconds * Math.Pow(2, times - 1), Math.Max(runs.Value.SweepSeconds, claims.Value.ResendSeconds)));
}
