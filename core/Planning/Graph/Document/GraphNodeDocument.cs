using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SparsePipeline.Planning;

/// <summary>One step of a compiled graph.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GraphNodeDocument
{
    /// <summary>Unique within the run, for example <c>cycle-2/candidate-3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of step, which need not be known to whoever plans.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// The step's spec in canonical form, in which <see cref="ReferenceNames"/> stand for what other nodes make: its key is the digest of what it is
    /// once they are resolved.
    /// </summary>
    public required JsonElement Spec { get; init; }

    /// <summary>When some of its inputs may be missing; null needs all.</summary>
    public QuorumGate? Gate { get; init; }

    /// <summary>Whether the run has failed when this node can have no result.</summary>
    [DefaultValue(false)]
    public bool Essential { get; init; }

    /// <summary>Training epochs it costs; 0 for steps that do not train.</summary>
    [DefaultValue(0)]
    public int Epochs { get; init; }
}
