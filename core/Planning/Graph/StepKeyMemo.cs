using System.Collections.Concurrent;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Remembers the key of the spec a node had last. Hashing is most of the cost of planning, and between two plans hardly
/// any spec changes; a spec that compares equal has the same canonical JSON, so the memo is invisible but for its speed.
/// </summary>
internal sealed class StepKeyMemo
{
    private readonly ConcurrentDictionary<GraphNode, (StepSpec Spec, string Key)> _last = [];

    public string Of(GraphNode node, StepSpec spec)
    {
        if (_last.TryGetValue(node, out var known) && known.Spec.Equals(spec)) return known.Key;
        var key = StepKey.Of(spec);
        _last[node] = (spec, key);
        return key;
    }
}
