using System.Diagnostics.CodeAnalysis;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A dictionary of bounded size: when it is full, what was not used for longest goes. Safe for concurrent use.</summary>
/// <param name="capacity">Most entries.</param>
/// <param name="comparer">How keys compare.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _entries = new(comparer);
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }
            _order.Remove(node);
            _order.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (_entries.Remove(key, out var old))
                _order.Remove(old);
            else if (_entries.Count == capacity)
                RemoveOldest();
            _entries[key] = _order.AddFirst((key, value));
        }
    }

    public void Remove(TKey key)
    {
        lock (_gate)
        {
            if (_entries.Remove(key, out var node))
                _order.Remove(node);
        }
    }

    private void RemoveOldest()
    {
        _entries.Remove(_order.Last!.Value.Key);
        _order.RemoveLast();
    }
}
