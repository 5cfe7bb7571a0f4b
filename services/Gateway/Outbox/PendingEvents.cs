using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Streams;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Gives every event to the streams of this process and, where this process does so for all, to every outlet.</summary>
/// <remarks>A mark stays for a while after everybody took its event, so that the other gateways see it for their streams.</remarks>
internal sealed class PendingEvents(OutboxStore store, EventRing ring, IEnumerable<IOutlet> outlets, RunNews news, TimeProvider time, ILogger<PendingEvents> log)
{
    private const int ReadsAtOnce = 16;
    private const int MostAtOnce = 200;
    private static readonly TimeSpan OutletPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    // How long a mark without an event is left alone: whoever writes both may be between the two.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // When a damaged event is read again: somebody may have mended it.
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMinutes(1);

    /// <summary>Streams of other gateways have this long to see an event.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, PendingEvent> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _orphans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _damaged = new(StringComparer.Ordinal);
    private readonly Dictionary<IOutlet, Task> _telling = [];
    private readonly IReadOnlyList<IOutlet> _outlets = [.. outlets];

    /// <summary>Reads the events that are new here and shows them to streams.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var marked = (await store.PendingAsync(cancellationToken).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        KeepOnly(marked, _pending);
        KeepOnly(marked, _orphans);
        KeepOnly(marked, _damaged);
        var read = new List<OutgoingEvent>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(marked.Where(IsToBeRead).ToList(), limit, async (key, token) =>
        {
            try
            {
                var found = await store.FindAsync(key, token);
                lock (read)
                {
                    _damaged.Remove(key);
                    if (found is not null)
                        read.Add(found);
                    else
                        _orphans.TryAdd(key, time.GetTimestamp());
                }
            }
            catch (DomainException damaged)
            {
                // One that is damaged must not keep the others.
                log.OutboxRests(damaged.Message);
                lock (read)
                {
                    _orphans.Remove(key);
                    _damaged[key] = time.GetTimestamp();
                }
            }
        });
        foreach (var one in read.OrderBy(e => e.Time).ThenBy(e => e.RecordedAt))
        {
            _orphans.Remove(one.EventKey);
            _pending[one.EventKey] = new PendingEvent(one);
            // Old ones wait for an outlet, and streams had them.
            if (time.GetUtcNow() - one.RecordedAt < EventRing.Kept)
                ring.Add(one);
        }
    }

    /// <summary>Gives events to the outlets that do not have them yet, without waiting for them, and lets go of those that all have.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var outlet in _outlets.Where(o => !_telling.TryGetValue(o, out var telling) || telling.IsCompleted))
        {
            var missing = _pending.Values.Where(p => !p.IsTaken(outlet)).OrderBy(p => p.Event.Time).ThenBy(p => p.Event.RecordedAt).Take(MostAtOnce).ToList();
            if (missing.Count > 0)
                _telling[outlet] = TryTellAsync(outlet, missing, cancellationToken);
        }
        foreach (var (key, pending) in _pending)
        {
            if (_outlets.All(pending.IsTaken) && time.GetUtcNow() - pending.Event.RecordedAt > Shown)
                await store.CloseAsync(key, cancellationToken);
        }
        foreach (var (key, since) in _orphans)
        {
            if (time.GetElapsedTime(since) > Patience)
                await store.ForgetMarkAsync(key, cancellationToken);
        }
    }

    /// <summary>Waits for outlets that were told to stop.</summary>
    public Task EndAsync() => Task.WhenAll(_telling.Values);

    private bool IsToBeRead(string key) =>
        !_pending.ContainsKey(key) && (!_damaged.TryGetValue(key, out var since) || time.GetElapsedTime(since) > BetweenReadings);

    private static void KeepOnly<T>(HashSet<string> marked, Dictionary<string, T> known)
    {
        foreach (var gone in known.Keys.Where(key => !marked.Contains(key)).ToList())
            known.Remove(gone);
    }

    // One that is away keeps neither the others nor whoever gives.
    private async Task TryTellAsync(IOutlet outlet, List<PendingEvent> missing, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(OutletPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var events = missing.ToDictionary(p => p.Event.EventKey, StringComparer.Ordinal);
        try
        {
            await outlet.TakeAsync([.. missing.Select(p => p.Event)], taken => events[taken.EventKey].Take(outlet), either.Token);
            if (missing.Count == MostAtOnce)
                news.Wake();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Offered again by whoever comes next.
        }
        catch (Exception exception)
        {
            log.OutletAway(outlet.GetType().Name, missing.Count, exception.Message);
            await Task.Delay(Rest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
