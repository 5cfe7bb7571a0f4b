using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Pretrains a dense network (no checkpoint, no mask) or retrains a pruned one under its fixed mask.</summary>
public sealed record TrainSpec : StepSpec, IStepSpec<TrainSpec, TrainCheckpoint>
{
    /// <summary>
    /// 2: images lie in memory pixel by pixel, and SGD takes one pass: the same sums in another order. 3: the same weights; checkpoint and report
    /// say what the inputs were standardised by and how the classes are called.
    /// </summary>
    public const int CurrentVersion = 3;

    /// <inheritdoc />
    public static StepKindOf<TrainSpec, TrainCheckpoint> Info { get; } = new()
    {
        Name = StepKinds.Train,
        Version = CurrentVersion,
        Service = "trainer",
        Queue = "train-checkpoint",
        PlanningQueue = "plan-training",
        Place = StepPlace.Runner,
        Outputs = [OutputNames.Checkpoint, OutputNames.Report],
        Metrics = [MetricNames.ValidationAccuracy],
        Announces = CheckpointReady.Of,
        ToCommand = order => new() { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec },
        ToOrder = command => new(command.RunId, command.StepKey, command.Spec),
    };

    [JsonIgnore]
    public override string Kind => StepKinds.Train;

    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    /// <summary>What the network does: see the <c>task</c> axis; null is <c>classification</c>.</summary>
    public MethodSpec? Task { get; init; }

    /// <summary>Length of the training in epochs, at least 1; 0 writes the weights it would start from.</summary>
    public required int Epochs { get; init; }

    /// <summary>Decides initialisation (without <see cref="Checkpoint"/>) and batch order.</summary>
    public required long Seed { get; init; }

    /// <summary>Learning rate per iteration: a training schedule, or a retraining schedule that reads <see cref="DenseReport"/>.</summary>
    public required MethodSpec Schedule { get; init; }

    /// <summary>Peak learning rate; null for retraining schedules, which take it from the dense run.</summary>
    public double? PeakLearningRate { get; init; }

    [DefaultValue(64)]
    public int BatchSize { get; init; } = 64;

    /// <summary>How gradients become updates: see the <c>optimizer</c> axis; null is <c>sgd</c>.</summary>
    public MethodSpec? Optimizer { get; init; }

    /// <summary>Of <c>sgd</c>; other optimisers ignore it.</summary>
    [DefaultValue(0.9)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>
    /// With <c>sgd</c> an L2 penalty, and Nesterov momentum iff it is above 0, as in the SMS reference code; with <c>adamw</c> decoupled:
    /// weights shrink by the learning rate times it.
    /// </summary>
    [DefaultValue(0.0)]
    public double WeightDecay { get; init; }

    /// <summary>Longest gradient of an update, as L2 norm over all kept weights; longer ones are shortened to it. Null leaves all as they are.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Share of every label that is spread evenly over all classes, in [0, 1); the reported training loss contains it.</summary>
    [DefaultValue(0.0)]
    public double LabelSmoothing { get; init; }

    /// <summary>α of mixup: pairs of images and their labels are mixed with a share from Beta(α, α) per batch; 0 mixes nothing.</summary>
    [DefaultValue(0.0)]
    public double Mixup { get; init; }

    /// <summary><c>float32</c>, or <c>bfloat16</c> for mixed precision: convolutions and linear layers of the training compute with 8 significant bits.</summary>
    [DefaultValue(Precisions.Float32)]
    public string Precision { get; init; } = Precisions.Float32;

    /// <summary>Start weights; null initialises from <see cref="Seed"/>.</summary>
    public ArtifactRef? Checkpoint { get; init; }

    /// <summary>Pruned positions, zero before and after every update; null trains dense.</summary>
    public ArtifactRef? Mask { get; init; }

    /// <summary>A mask that one which moves grows within; null lets it grow anywhere, and of a mask that stays it is null.</summary>
    public ArtifactRef? Ceiling { get; init; }

    /// <summary>The dense run's <see cref="TrainReport"/> with its learning rates; retraining schedules need it.</summary>
    public ArtifactRef? DenseReport { get; init; }

    /// <summary>d of the cut before this retraining (ALLR only), in [0, 1].</summary>
    public double? NormDrop { get; init; }

    /// <summary>p, the fraction of remaining weights the cut removed (ALLR only), in (0, 1].</summary>
    public double? PrunedFraction { get; init; }

    /// <summary>Share of the training data for BatchNorm recalibration after the last epoch; 0 leaves the statistics alone.</summary>
    [DefaultValue(0.0)]
    public double Recalibration { get; init; }

    /// <summary>Average over the path of the training that the finished weights are: see the <c>averaging</c> axis; null keeps the last ones.</summary>
    public MethodSpec? Averaging { get; init; }

    /// <summary>What acts on the updates of the training besides, in this order: see the <c>hook</c> axis; null for none.</summary>
    public IReadOnlyList<MethodSpec>? Hooks { get; init; }

    /// <summary>What is trained in place of the prunable weights, which then follow from it: see the <c>transform</c> axis; null trains the weights.</summary>
    public MethodSpec? Transform { get; init; }

    [JsonIgnore]
    public override IEnumerable<NamedMethod> NamedMethods => [Model.Named(), .. Data.Named()];

    [JsonIgnore]
    public override DataSpec? DataRead => Data;

    [JsonIgnore]
    public override IEnumerable<ArtifactRef> Inputs =>
        new[] { Checkpoint, Mask, Ceiling, DenseReport, Model.Script, Data.Stored }.OfType<ArtifactRef>();
}
