using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Collects what comes into the layers of a checkpoint: sums over a fixed sample of the training data, in evaluation mode and without augmentation.</summary>
public sealed record CollectSpec : StepSpec, IStepSpec<CollectSpec, CollectStatistics>
{
    public const int CurrentVersion = 1;

    /// <inheritdoc />
    public static StepKindOf<CollectSpec, CollectStatistics> Info { get; } = new()
    {
        Name = StepKinds.Collect,
        Version = CurrentVersion,
        Service = "evaluator",
        Queue = "collect-statistics",
        Place = StepPlace.Runner,
        Outputs = [OutputNames.Statistics],
        ToCommand = order => new() { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec },
        ToOrder = command => new(command.RunId, command.StepKey, command.Spec),
    };

    [JsonIgnore]
    public override string Kind => StepKinds.Collect;

    public required ArtifactRef Checkpoint { get; init; }

    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    /// <summary>What the network does: see the <c>task</c> axis; null is <c>classification</c>.</summary>
    public MethodSpec? Task { get; init; }

    /// <summary>Examples of the sample, at least 1; all when the training split has fewer.</summary>
    public required int Examples { get; init; }

    /// <summary>Draws the sample.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether XᵀX of every layer is collected too: 8 bytes for each pair of its inputs.</summary>
    [DefaultValue(false)]
    public bool Products { get; init; }

    /// <summary>Whether XᵀY of every layer is collected too, of what comes in and what it says: 8 bytes for each of its weights.</summary>
    [DefaultValue(false)]
    public bool OutputProducts { get; init; }

    /// <summary>
    /// Whether the gradients of −log p(y|x) of the sample are collected too, and their squares: Σg and Σg² over examples, one by one, of every parameter. The squares over
    /// their number are the diagonal of the empirical Fisher matrix (Martens 2020, New Insights and Perspectives on the Natural Gradient Method, arXiv 1412.1193, section 11).
    /// </summary>
    [DefaultValue(false)]
    public bool Gradients { get; init; }

    /// <summary>Of which layers what comes in is stored as it is too, a sample of the rows of each; null stores sums alone.</summary>
    public ActivationSample? Activations { get; init; }

    /// <summary>Cuts every layer as soon as what comes into it is known; null leaves the network as it is.</summary>
    public SequentialCut? Sequential { get; init; }

    [JsonIgnore]
    public override IEnumerable<NamedMethod> NamedMethods => [Model.Named(), .. Data.Named(), .. Sequential?.Rule.NamedMethods ?? []];

    [JsonIgnore]
    public override DataSpec? DataRead => Data;

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs => new[] { Checkpoint, Model.Script, Sequential?.Mask, Sequential?.Ceiling }.OfType<ArtifactRef>();
}
