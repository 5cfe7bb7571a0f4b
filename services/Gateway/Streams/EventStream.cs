using System.Threading.Channels;

namespace SparsePipeline.Gateway.Streams;

/// <summary>What one reader is still to get. A reader who lets too much pile up is cut: others must not pay for it with their memory.</summary>
/// <param name="filter">What the reader wants.</param>
internal sealed class EventStream(StreamFilter filter) : IDisposable
{
    /// <summary>Most bytes that may wait.</summary>
    public const int MostUnsent = 1024 * 1024;

    private static readonly byte[] Comment = ":\n\n"u8.ToArray();
    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _cut = new();
    private long _unsent;

    /// <summary>Cancelled when the reader was too slow.</summary>
    public CancellationToken Cut => _cut.Token;

    public bool Wants(StreamedEvent streamed) => filter.Wants(streamed.Event);

    public void Dispose() => _cut.Dispose();

    /// <summary>Gives the reader an event when it is one it wants.</summary>
    public void Offer(StreamedEvent streamed)
    {
        if (!Wants(streamed) || Cut.IsCancellationRequested)
            return;
        if (Interlocked.Add(ref _unsent, streamed.Frame.Length) > MostUnsent)
            // Elsewhere: whoever waits for this must not go on inside the lock of all streams.
            _ = _cut.CancelAsync();
        else
            _frames.Writer.TryWrite(streamed.Frame);
    }

    /// <summary>Sends what comes, and a comment whenever a while has passed, until somebody ends it.</summary>
    /// <param name="body">The reader.</param>
    /// <param name="first">What is sent before all else.</param>
    /// <param name="beat">Time between two comments.</param>
    /// <param name="mayGoOn">Asked before every comment.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SendAsync(Stream body, IReadOnlyList<ReadOnlyMemory<byte>> first, TimeSpan beat, Func<Task<bool>> mayGoOn, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var frame in first)
            await body.WriteAsync(frame, cancellationToken);
        await body.FlushAsync(cancellationToken);
        for (var beaten = time.GetTimestamp(); ;)
        {
            var rest = beat - time.GetElapsedTime(beaten);
            if (rest <= TimeSpan.Zero)
            {
                if (!await mayGoOn())
                    return;
                await body.WriteAsync(Comment, cancellationToken);
                beaten = time.GetTimestamp();
            }
            else if (await WaitAsync(rest, time, cancellationToken))
            {
                for (var sent = 0; sent < MostUnsent && _frames.Reader.TryRead(out var frame); sent += frame.Length)
                {
                    await body.WriteAsync(frame, cancellationToken);
                    Interlocked.Add(ref _unsent, -frame.Length);
                }
            }
            await body.FlushAsync(cancellationToken);
        }
    }

    private async Task<bool> WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _frames.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
