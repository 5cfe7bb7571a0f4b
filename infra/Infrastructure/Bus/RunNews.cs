using System.Collections.Concurrent;
using System.Threading.Channels;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Runs that something has happened to, as the bus tells it. What is lost here a look into the store finds: the bus makes it fast, the store makes it right.</summary>
public sealed class RunNews
{
    private readonly ConcurrentDictionary<string, bool> _runs = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something has happened to a run.</summary>
    public void Tell(string runId)
    {
        _runs[runId] = true;
        Wake();
    }

    /// <summary>Something has happened that is about no run.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>The runs since the last call.</summary>
    public IReadOnlyList<string> Take() => [.. _runs.Keys.Where(runId => _runs.TryRemove(runId, out _))];

    /// <summary>Waits for news, but no longer than that.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Long enough.
        }
    }
}
