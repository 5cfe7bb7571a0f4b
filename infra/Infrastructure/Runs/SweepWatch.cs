using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>When a sweep was last finished by whichever process sweeps, as this process saw it by its own stopwatch.</summary>
public sealed class SweepWatch(IOptions<RunFollowerOptions> options, TimeProvider time)
{
    private const int PatienceFactor = 5;
    private const int IntervalFactor = 3;
    private readonly Lock _gate = new();
    private long? _count;
    private long _at = time.GetTimestamp();
    private TimeSpan _interval;

    /// <summary>Sweeps finished by all processes so far, as far as this one knows.</summary>
    internal long Count
    {
        get
        {
            lock (_gate)
                return _count ?? 0;
        }
    }

    /// <summary>Time since a sweep was last finished; since this process began to watch when it saw none.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (_gate)
                return time.GetElapsedTime(_at);
        }
    }

    /// <summary>How long the next one may take: sweeps of many runs are long and are followed by long rests.</summary>
    public TimeSpan Limit
    {
        get
        {
            var least = TimeSpan.FromSeconds(Math.Max(PatienceFactor * options.Value.SweepPatienceSeconds, IntervalFactor * options.Value.SweepSeconds));
            lock (_gate)
                return _interval * IntervalFactor > least ? _interval * IntervalFactor : least;
        }
    }

    /// <summary>Whether nobody seems to sweep, whatever the lease says.</summary>
    public bool IsOverdue => Age > Limit;

    /// <summary>This process has finished a sweep.</summary>
    public void Finished() => Saw(Count + 1);

    /// <summary>The sweeper is of an older version, which does not count: that it extends its lease has to do.</summary>
    internal void Trust()
    {
        lock (_gate)
            _at = time.GetTimestamp();
    }

    /// <summary>The sweeper says how many sweeps were finished.</summary>
    internal void Saw(long count)
    {
        lock (_gate)
        {
            if (count == _count)
                return;
            // The first number says nothing about when it was reached.
            if (_count is not null || count > 0)
                (_interval, _at) = (_count is null ? TimeSpan.Zero : time.GetElapsedTime(_at), time.GetTimestamp());
            _count = count;
        }
    }
}
