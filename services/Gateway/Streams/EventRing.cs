using System.Globalization;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Outbox;

namespace SparsePipeline.Gateway.Streams;

/// <summary>The last events of this process, and the streams that wait for the next ones.</summary>
/// <remarks>
/// Ids of a stream name this ring and a place in it, not the event: another gateway has events in another order, and a reader who comes from there must be told
/// to read the state again rather than miss one.
/// </remarks>
internal sealed class EventRing(TimeProvider time)
{
    /// <summary>How long events are kept for readers who come back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private const int Most = 10_000;
    private readonly string _name = Guid.NewGuid().ToString("N")[..12];
    private readonly Lock _gate = new();
    private readonly Queue<StreamedEvent> _events = new();
    private readonly HashSet<EventStream> _streams = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>Whether anybody reads.</summary>
    public bool IsWatched => Count > 0;

    /// <summary>Streams that are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _streams.Count;
        }
    }

    /// <summary>Adds an event unless it is there, and gives it to every stream that wants it.</summary>
    public void Add(OutgoingEvent outgoing)
    {
        lock (_gate)
        {
            Trim();
            if (!_keys.Add(outgoing.EventKey))
                return;
            var frame = Encoding.UTF8.GetBytes($"id: {IdOf(++_last)}\nevent: {outgoing.Type}\ndata: {Encoding.UTF8.GetString(CloudEventWriter.Structured(outgoing))}\n\n");
            var streamed = new StreamedEvent(_last, outgoing, frame, time.GetTimestamp());
            _events.Enqueue(streamed);
            foreach (var stream in _streams)
                stream.Offer(streamed);
        }
    }

    /// <summary>Adds a stream unless there are too many.</summary>
    /// <param name="stream">Gets every event from now on.</param>
    /// <param name="lastId">The last id its reader has seen; null for a reader who is new.</param>
    /// <param name="most">Most streams at once.</param>
    /// <returns>What is to be sent first: the events since then, or the word that the state is to be read again. Null: there are too many.</returns>
    public IReadOnlyList<ReadOnlyMemory<byte>>? TryOpen(EventStream stream, string? lastId, int most)
    {
        lock (_gate)
        {
            Trim();
            if (_streams.Count >= most)
                return null;
            _streams.Add(stream);
            var first = _events.TryPeek(out var oldest) ? oldest.Number : _last + 1;
            return NumberOf(lastId) is { } seen && seen >= first - 1 && seen <= _last
                ? [.. _events.Where(e => e.Number > seen && stream.Wants(e)).Select(e => e.Frame)]
                : [Encoding.UTF8.GetBytes($"id: {IdOf(_last)}\nevent: reset\ndata: {{}}\n\n")];
        }
    }

    /// <summary>Takes a stream away.</summary>
    public void Close(EventStream stream)
    {
        lock (_gate)
            _streams.Remove(stream);
    }

    private void Trim()
    {
        while (_events.TryPeek(out var oldest) && (_events.Count >= Most || time.GetElapsedTime(oldest.At) > Kept))
            _keys.Remove(_events.Dequeue().Event.EventKey);
    }

    private string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{_name}-{number}");

    private long? NumberOf(string? id) =>
        id is not null && id.StartsWith(_name + "-", StringComparison.Ordinal) && long.TryParse(id.AsSpan(_name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
