using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>The m candidates of each cycle: same start, same mask, one declared difference.</summary>
public sealed record RetrainingRecipe
{
    /// <summary>Epochs per candidate and cycle, at least 1.</summary>
    [Range(1, 100_000)]
    public required int Epochs { get; init; }

    /// <summary>m, 1 to 100.</summary>
    [Range(1, 100)]
    [DefaultValue(3)]
    public int Candidates { get; init; } = 3;

    /// <summary>A retraining schedule: FT, LRW, SLR, CLR, LLR or ALLR.</summary>
    [MethodAxis(MethodAxes.Retraining)]
    [DefaultValue(MethodDefaults.Retraining)]
    public string Schedule { get; init; } = MethodDefaults.Retraining;

    /// <summary>Whether the schedule reads what the cut before it removed.</summary>
    [Resolved]
    [DefaultValue(false)]
    public bool NeedsCutMeasures { get; init; }

    /// <summary>The one dimension in which candidates differ: <c>seed</c>, <c>weight-decay</c>, <c>retrain-length</c> or <c>peak-learning-rate</c>.</summary>
    [AllowedValues("seed", "weight-decay", "retrain-length", "peak-learning-rate")]
    [DefaultValue("seed")]
    public string Vary { get; init; } = "seed";

    /// <summary>One value per candidate for the varied dimension; not used for <c>seed</c>.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>Peak learning rate of a schedule whose peak can be set; null takes that of the pretraining.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double? PeakLearningRate { get; init; }

    /// <summary>Weight decay; null takes the pretraining's.</summary>
    [Range(0.0, 1.0)]
    public double? WeightDecay { get; init; }

    /// <summary>Share of the training data for BatchNorm recalibration of candidates and soups; 0 leaves statistics alone.</summary>
    [Range(0.0, 1.0)]
    [DefaultValue(0.2)]
    public double Recalibration { get; init; } = 0.2;

    /// <summary>
    /// What part of the training examples the candidates are fine-tuned on; null is <c>data.part</c>. A retrained network that they start from (<c>soup.anchor</c>) takes that of the data.
    /// </summary>
    public DataPart? Part { get; init; }

    /// <summary>Precision of the candidates' training; null takes the pretraining's.</summary>
    [AllowedValues(Precisions.Float32, Precisions.Bfloat16)]
    public string? Precision { get; init; }

    /// <summary>Average over the path of its retraining that every candidate is; null keeps the last weights.</summary>
    [MethodAxis(MethodAxes.Averaging)]
    public MethodSpec? Averaging { get; init; }

    /// <summary>
    /// What acts on the updates of every candidate besides, in this order: see the <c>hook</c> axis. One that moves the mask gives every
    /// candidate a mask of its own, so it needs <c>soup.maskPolicy</c> or a single candidate.
    /// </summary>
    [MethodAxis(MethodAxes.Hook)]
    public IReadOnlyList<MethodSpec>? Hooks { get; init; }

    /// <summary>
    /// What a candidate trains in place of the prunable weights, such as the factors of an adapter: see the <c>transform</c> axis. What it ends
    /// with are plain weights; null trains the weights themselves.
    /// </summary>
    [MethodAxis(MethodAxes.Transform)]
    public MethodSpec? Transform { get; init; }
}
