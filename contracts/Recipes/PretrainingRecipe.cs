using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>The dense run every cycle starts from.</summary>
public sealed record PretrainingRecipe
{
    /// <summary>Path of a safetensors file to start from, with the model's own names and shapes; null starts from the seed, or from the model's file.</summary>
    public string? Weights { get; init; }

    /// <summary>The stored weights, filled in when a run is submitted.</summary>
    public ArtifactRef? Checkpoint { get; init; }

    /// <summary>
    /// At least 1, or 0 to take <c>weights</c> as they are: nothing is trained before the first cut, and retraining needs a
    /// <c>peakLearningRate</c> of its own.
    /// </summary>
    [Range(0, 100_000)]
    public required int Epochs { get; init; }

    /// <summary>Peak learning rate, above 0; needed unless <c>epochs</c> is 0.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    [DefaultValue(0.0)]
    public double LearningRate { get; init; }

    /// <summary>Shape of the learning rate: see the <c>learning-rate</c> axis.</summary>
    [MethodAxis(MethodAxes.LearningRate)]
    public MethodSpec Schedule { get; init; } = MethodSpec.Of(MethodDefaults.LearningRate);

    /// <summary>Examples per update, 1 to 65,536.</summary>
    [Range(1, 65_536)]
    [DefaultValue(64)]
    public int BatchSize { get; init; } = 64;

    /// <summary>How gradients become updates, in every retraining too: see the <c>optimizer</c> axis; null is <c>sgd</c>.</summary>
    [MethodAxis(MethodAxes.Optimizer)]
    public MethodSpec? Optimizer { get; init; }

    /// <summary>Momentum of <c>sgd</c>, in [0, 1).</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [DefaultValue(0.9)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>With <c>sgd</c> an L2 penalty; with <c>adamw</c> decoupled, where 0.01 to 0.1 are usual.</summary>
    [Range(0.0, 1.0)]
    [DefaultValue(0.0001)]
    public double WeightDecay { get; init; } = 0.0001;

    /// <summary>
    /// Longest gradient of an update, as L2 norm over all kept weights, in every retraining too; longer ones are shortened to it. Null
    /// leaves all as they are; 1 is usual for transformers.
    /// </summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double? ClipNorm { get; init; }

    /// <summary>Share of every label that is spread evenly over all classes, in every retraining too.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [DefaultValue(0.0)]
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// α of mixup, in every retraining too: pairs of images and their labels are mixed with a share from Beta(α, α) per batch; 0 mixes
    /// nothing, 0.2 to 1 are usual.
    /// </summary>
    [Range(0.0, 100.0)]
    [DefaultValue(0.0)]
    public double Mixup { get; init; }

    /// <summary>
    /// <c>bfloat16</c> trains in mixed precision: convolutions and linear layers compute with 8 significant bits, which is faster where the
    /// processor has instructions for it (AVX-512 BF16, AMX) and slower elsewhere, and ends in other weights. Weights, gradients, statistics
    /// and losses stay in <c>float32</c>, and so does all that is measured.
    /// </summary>
    [AllowedValues(Precisions.Float32, Precisions.Bfloat16)]
    [DefaultValue(Precisions.Float32)]
    public string Precision { get; init; } = Precisions.Float32;

    /// <summary>
    /// Average over the path of the training that the dense network is; null keeps the last weights. The BatchNorm statistics of an average
    /// are recalibrated with the share that <c>retraining.recalibration</c> says; with 0 they are averaged as the weights are.
    /// </summary>
    [MethodAxis(MethodAxes.Averaging)]
    public MethodSpec? Averaging { get; init; }

    /// <summary>
    /// What acts on the updates of the pretraining besides, in this order: see the <c>hook</c> axis. One that moves the mask trains a sparse
    /// network from the start, and the first cut starts from the mask it ends with.
    /// </summary>
    [MethodAxis(MethodAxes.Hook)]
    public IReadOnlyList<MethodSpec>? Hooks { get; init; }
}
