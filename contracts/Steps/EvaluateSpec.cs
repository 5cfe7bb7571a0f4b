using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Measures one checkpoint on the test split and on the data set's shifted splits.</summary>
public sealed record EvaluateSpec : StepSpec
{
    /// <summary>2: reports hold intervals, the maximum calibration error and the Brier score.</summary>
    public const int CurrentVersion = 2;

    [JsonIgnore]
    public override string Kind => StepKinds.Evaluate;

    public required ArtifactRef Checkpoint { get; init; }

    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs => [Checkpoint];
}
