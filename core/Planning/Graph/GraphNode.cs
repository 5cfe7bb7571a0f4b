using System.Buffers;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>A step's place in the graph.</summary>
internal sealed class GraphNode
{
    private readonly GraphNodeDocument _document;
    private readonly IReadOnlyList<GraphNode> _inputs;
    private KeyedSpec? _last;

    /// <param name="document">What was compiled.</param>
    /// <param name="template">Its spec.</param>
    /// <param name="inputs">The nodes that the spec refers to.</param>
    public GraphNode(GraphNodeDocument document, SpecTemplate template, IReadOnlyList<GraphNode> inputs)
    {
        (_document, Template, _inputs, EpochsAhead) = (document with { Spec = default }, template, inputs, document.Epochs);
        Sample = SampleOf(document);
        Prolong();
    }

    public string Name => _document.Name;

    public string Kind => _document.Kind;

    public bool Essential => _document.Essential;

    public int Epochs => _document.Epochs;

    /// <summary>The examples it looks at; null for steps that do not cost by examples.</summary>
    public SampleWork? Sample { get; }

    public QuorumGate? Gate => _document.Gate;

    public SpecTemplate Template { get; }

    /// <summary>Why this version cannot do the step; null when it can.</summary>
    public string? Unknown { get; init; }

    /// <summary>Training epochs on the longest chain that starts here; raised by each node that is added behind.</summary>
    public int EpochsAhead { get; private set; }

    /// <summary>Outputs and metrics that steps behind this one read.</summary>
    public HashSet<string> Read { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Remembers what the node was last. Writing and hashing specs is much of the cost of planning, and between two plans hardly any input changes:
    /// the same results give the same step, so the memo is invisible but for its speed.
    /// </summary>
    public KeyedSpec Keyed(in ResolvedInputs inputs, IReadOnlyList<StepResult?> results)
    {
        if (_last is { } known && known.From.Count == results.Count && known.From.Zip(results).All(r => ReferenceEquals(r.First, r.Second))) return known;
        var json = new ArrayBufferWriter<byte>();
        Template.Write(json, inputs);
        var key = SpecTemplate.KeyOf(json.WrittenSpan);
        return _last = _last is { } before && before.Key == key ? before.Of(results) : new KeyedSpec(results, key, Unknown is null ? json.WrittenSpan.ToArray() : null);
    }

    private static SampleWork? SampleOf(GraphNodeDocument document) =>
        document.Kind == StepKinds.Collect && document.Spec.TryGetProperty("examples", out var examples) && examples.TryGetInt32(out var count)
            ? new SampleWork(count, document.Spec.TryGetProperty("sequential", out _))
            : null;

    /// <summary>Tells the chain before this node how long it has become.</summary>
    private void Prolong()
    {
        foreach (var input in _inputs.Where(input => input.EpochsAhead < input.Epochs + EpochsAhead))
        {
            input.EpochsAhead = input.Epochs + EpochsAhead;
            input.Prolong();
        }
    }
}
