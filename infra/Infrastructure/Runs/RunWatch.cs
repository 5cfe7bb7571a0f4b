using System.Threading.Channels;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>The events of one run, in the order they came.</summary>
public sealed class RunWatch : IDisposable
{
    private readonly RunWatches _watches;
    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });

    internal RunWatch(RunWatches watches) => _watches = watches;

    /// <inheritdoc />
    public void Dispose() => _watches.Forget(this);

    internal void Tell(object message) => _messages.Writer.TryWrite(message);

    /// <summary>Waits for an event and returns all that are there, so that a burst costs one planning.</summary>
    public async Task<IReadOnlyList<object>> NextAsync(CancellationToken cancellationToken)
    {
        var messages = new List<object> { await _messages.Reader.ReadAsync(cancellationToken) };
        while (_messages.Reader.TryRead(out var message))
            messages.Add(message);
        return messages;
    }
}
