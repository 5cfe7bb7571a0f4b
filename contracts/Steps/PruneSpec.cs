using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Computes one mask for a checkpoint and applies it: score × allocation × structure at a target sparsity.</summary>
public sealed record PruneSpec : StepSpec
{
    public const int CurrentVersion = 1;

    [JsonIgnore]
    public override string Kind => StepKinds.Prune;

    public required ArtifactRef Checkpoint { get; init; }

    /// <summary>Name and options of the pruner.</summary>
    public required MethodSpec Method { get; init; }

    /// <summary>Cumulative fraction of prunable weights that are zero afterwards, in [0, 1).</summary>
    public required double Sparsity { get; init; }

    /// <summary>The mask of the cycle before; masks only shrink.</summary>
    public ArtifactRef? Mask { get; init; }

    /// <summary>Spread of the kept weights over the layers; null takes the pruner's own.</summary>
    public string? Allocation { get; init; }

    [DefaultValue("unstructured")]
    public string Structure { get; init; } = "unstructured";

    /// <summary>Name patterns (* matches anything) of tensors never pruned.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Used by pruners that draw; others ignore it and the planner leaves it at 0.</summary>
    [DefaultValue(0L)]
    public long Seed { get; init; }

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs => new[] { Checkpoint, Mask }.OfType<ArtifactRef>();
}
