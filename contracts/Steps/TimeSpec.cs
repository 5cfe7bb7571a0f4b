using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>
/// Times the layers of a checkpoint on the machine of whichever worker takes the step. A measured time is no function of its spec: a step belongs to
/// one run, no other run takes its result over, and the report names the machine.
/// </summary>
public sealed record TimeSpec : StepSpec, IStepSpec<TimeSpec, TimeLayers>
{
    public const int CurrentVersion = 1;

    /// <inheritdoc />
    public static StepKindOf<TimeSpec, TimeLayers> Info { get; } = new()
    {
        Name = StepKinds.Time,
        Version = CurrentVersion,
        Service = "evaluator",
        Queue = "time-layers",
        Place = StepPlace.Runner,
        Repeats = false,
        Outputs = [OutputNames.Report],
        ToCommand = order => new() { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec },
        ToOrder = command => new(command.RunId, command.StepKey, command.Spec),
    };

    [JsonIgnore]
    public override string Kind => StepKinds.Time;

    /// <summary>The run that the times are for.</summary>
    public required string Run { get; init; }

    public required ArtifactRef Checkpoint { get; init; }

    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    /// <summary>What the network does: see the <c>task</c> axis; null is <c>classification</c>.</summary>
    public MethodSpec? Task { get; init; }

    /// <summary>Examples at a time, 1 to 1024.</summary>
    public required int Batch { get; init; }

    [JsonIgnore]
    public override IEnumerable<NamedMethod> NamedMethods => [Model.Named(), .. Data.Named()];

    [JsonIgnore]
    public override DataSpec? DataRead => Data;

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs => Model.Script is { } script ? [Checkpoint, script] : [Checkpoint];
}
