using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Measures one checkpoint, or the soft vote of several, on the test split, on the data set's shifted splits and under corruptions of the test split.</summary>
public sealed record EvaluateSpec : StepSpec, IStepSpec<EvaluateSpec, EvaluateCheckpoint>
{
    /// <summary>
    /// 2: reports hold intervals, the maximum calibration error and the Brier score. 3: images lie in memory pixel by pixel, which changes
    /// the last digits, and which examples are right is stored too.
    /// </summary>
    public const int CurrentVersion = 3;

    /// <inheritdoc />
    public static StepKindOf<EvaluateSpec, EvaluateCheckpoint> Info { get; } = new()
    {
        Name = StepKinds.Evaluate,
        Version = CurrentVersion,
        Service = "evaluator",
        Queue = "evaluate-checkpoint",
        PlanningQueue = "plan-evaluation",
        Place = StepPlace.Runner,
        Outputs = [OutputNames.Report],
        Metrics = [MetricNames.Accuracy],
        Announces = CheckpointEvaluated.Of,
        ToCommand = order => new() { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec },
        ToOrder = command => new(command.RunId, command.StepKey, command.Spec),
    };

    [JsonIgnore]
    public override string Kind => StepKinds.Evaluate;

    public required ArtifactRef Checkpoint { get; init; }

    /// <summary>Further networks: measured is the mean of the probabilities of all. Null measures <see cref="Checkpoint"/> alone.</summary>
    public IReadOnlyList<ArtifactRef>? Others { get; init; }

    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    /// <summary>What the network does: see the <c>task</c> axis; null is <c>classification</c>.</summary>
    public MethodSpec? Task { get; init; }

    /// <summary>Kinds of corruption, in ordinal order; null measures none.</summary>
    public IReadOnlyList<string>? Corruptions { get; init; }

    /// <summary>Severities of each kind, ascending; null means all. Null without <see cref="Corruptions"/>.</summary>
    public IReadOnlyList<int>? Severities { get; init; }

    /// <summary>
    /// Which levels the severities of <see cref="Corruptions"/> have; <see cref="SparsePipeline.Contracts.CorruptionLevels.Of"/> says it. Null means the first, so that evaluations under kinds that never
    /// changed keep their keys.
    /// </summary>
    public int? CorruptionLevels { get; init; }

    /// <summary>Further metrics, in ordinal order; null measures none.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>Most examples of the test split and of each shift, at least 1; null takes all.</summary>
    public int? Examples { get; init; }

    [JsonIgnore]
    public override IEnumerable<NamedMethod> NamedMethods =>
    [
        Model.Named(), .. Data.Named(),
        .. (Corruptions ?? []).Select(name => new NamedMethod(MethodAxes.Corruption, name)), .. (Metrics ?? []).Select(name => new NamedMethod(MethodAxes.Metric, name)),
    ];

    [JsonIgnore]
    public override DataSpec? DataRead => Data;

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs => [Checkpoint, .. Others ?? [], .. new[] { Model.Script, Data.Stored }.OfType<ArtifactRef>()];
}
