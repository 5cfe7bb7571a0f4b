using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Computes one mask for a checkpoint and applies it: score × allocation × structure at a target sparsity.</summary>
public sealed record PruneSpec : StepSpec, IStepSpec<PruneSpec, PruneCheckpoint>
{
    public const int CurrentVersion = 1;

    /// <inheritdoc />
    public static StepKindOf<PruneSpec, PruneCheckpoint> Info { get; } = new()
    {
        Name = StepKinds.Prune,
        Version = CurrentVersion,
        Service = "pruner",
        Queue = "prune-checkpoint",
        PlanningQueue = "plan-pruning",
        Outputs = [OutputNames.Checkpoint, OutputNames.Mask],
        Metrics = [MetricNames.NormDrop, MetricNames.PrunedFraction],
        Announces = CheckpointReady.Of,
        ToCommand = order => new() { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec },
        ToOrder = command => new(command.RunId, command.StepKey, command.Spec),
    };

    [JsonIgnore]
    public override string Kind => StepKinds.Prune;

    /// <summary>A cut of a checkpoint by a rule.</summary>
    public static PruneSpec Of(ArtifactRef checkpoint, CutRule rule) => new()
    {
        AlgorithmVersion = CurrentVersion,
        Checkpoint = checkpoint,
        Method = rule.Method,
        Sparsity = rule.Sparsity,
        Allocation = rule.Allocation,
        Structure = rule.Structure,
        Exclude = rule.Exclude,
        Include = rule.Include,
        Layers = rule.Layers,
        OutputLayer = rule.OutputLayer,
        Layout = rule.Layout,
    };

    public required ArtifactRef Checkpoint { get; init; }

    /// <summary>Name and options of the pruner.</summary>
    public required MethodSpec Method { get; init; }

    /// <summary>Cumulative fraction of prunable weights that are zero afterwards, in [0, 1).</summary>
    public required double Sparsity { get; init; }

    /// <summary>The mask of the cycle before; masks only shrink.</summary>
    public ArtifactRef? Mask { get; init; }

    /// <summary>A mask that the new one stays within, whatever the cycle before kept; null lets any weight stay.</summary>
    public ArtifactRef? Ceiling { get; init; }

    /// <summary>Whether weights that are zero already count as cut before; of a first cut, without <see cref="Mask"/>.</summary>
    [DefaultValue(false)]
    public bool KeepZeros { get; init; }

    /// <summary>Spread of the kept weights over the layers; null takes the pruner's own.</summary>
    public string? Allocation { get; init; }

    [DefaultValue(MethodDefaults.Structure)]
    public string Structure { get; init; } = MethodDefaults.Structure;

    /// <summary>Name patterns (* matches anything) of tensors never pruned.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Name patterns of matrices and kernels that are pruned although they are embeddings, position tables or the like.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Name pattern → sparsity of its own, in [0, 1), in ordinal order of the patterns.</summary>
    public IReadOnlyDictionary<string, double>? Layers { get; init; }

    /// <summary>The network's last layer, or <c>none</c>; null finds it.</summary>
    public string? OutputLayer { get; init; }

    /// <summary>
    /// Along what a structure with a pattern of fixed density groups the weights of a convolution: <c>input-channels</c>. Null for other structures.
    /// </summary>
    public string? Layout { get; init; }

    /// <summary>The stored file of a model that is read from one: it tells which tensors are what. Null for models that are built in.</summary>
    public ArtifactRef? Script { get; init; }

    /// <summary>What came into the layers of the checkpoint on a sample, for pruners that go by it; null for others.</summary>
    public ArtifactRef? Statistics { get; init; }

    /// <summary>The layers, solved while the statistics were collected; null where they are yet to be solved, and for pruners that solve none.</summary>
    public ArtifactRef? Solution { get; init; }

    /// <summary>Used by pruners that draw; others ignore it and the planner leaves it at 0.</summary>
    [DefaultValue(0L)]
    public long Seed { get; init; }

    /// <summary>By what rule and how far the checkpoint is cut; the JSON of a spec has the rule's fields beside its own.</summary>
    [JsonIgnore]
    public CutRule Rule => new()
    {
        Method = Method,
        Sparsity = Sparsity,
        Allocation = Allocation,
        Structure = Structure,
        Exclude = Exclude,
        Include = Include,
        Layers = Layers,
        OutputLayer = OutputLayer,
        Layout = Layout,
    };

    [JsonIgnore]
    public override IEnumerable<NamedMethod> NamedMethods => Rule.NamedMethods;

    [JsonIgnore]
    public override DataSpec? DataRead => null;

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs => new[] { Checkpoint, Mask, Ceiling, Script, Statistics, Solution }.OfType<ArtifactRef>();
}
