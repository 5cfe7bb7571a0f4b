using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Claims;

/// <summary>How long documents have stayed as they are, measured by this process from when it first saw them so.</summary>
/// <remarks>
/// Comparing a time in a document with the clock on the wall would trust two machines' clocks. A stopwatch here and a version there need
/// none: a clock that jumps neither frees a claim whose holder lives nor keeps one whose holder is dead.
/// </remarks>
internal sealed class ObservedAges(TimeProvider time)
{
    // Far more than steps that wait at one time; who falls out is observed anew, which costs one lease.
    private const int Capacity = 100_000;
    private readonly RecentlyUsed<string, (string Version, long Since)> _seen = new(Capacity, StringComparer.Ordinal);

    /// <summary>Time since the document was first seen in this version; zero at the first look.</summary>
    public TimeSpan Of(string path, string version)
    {
        if (_seen.TryGet(path, out var seen) && seen.Version == version)
            return time.GetElapsedTime(seen.Since);
        _seen.Set(path, (version, time.GetTimestamp()));
        return TimeSpan.Zero;
    }

    public void Forget(string path) => _seen.Remove(path);
}
