using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>The dense run every cycle starts from.</summary>
public sealed record PretrainingRecipe
{
    /// <summary>At least 1.</summary>
    [Range(1, 100_000)]
    public required int Epochs { get; init; }

    /// <summary>Peak learning rate, above 0.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public required double LearningRate { get; init; }

    /// <summary>Shape of the learning rate: see the <c>learning-rate</c> axis.</summary>
    [MethodAxis(MethodAxes.LearningRate)]
    public MethodSpec Schedule { get; init; } = MethodSpec.Of("linear");

    /// <summary>Examples per update, 1 to 65,536.</summary>
    [Range(1, 65_536)]
    [DefaultValue(64)]
    public int BatchSize { get; init; } = 64;

    /// <summary>SGD momentum in [0, 1).</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [DefaultValue(0.9)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>L2 penalty, at least 0.</summary>
    [Range(0.0, 1.0)]
    [DefaultValue(0.0001)]
    public double WeightDecay { get; init; } = 0.0001;

    /// <summary>
    /// Average over the path of the training that the dense network is; null keeps the last weights. The BatchNorm statistics of an average
    /// are recalibrated with the share that <c>retraining.recalibration</c> says; with 0 they are averaged as the weights are.
    /// </summary>
    [MethodAxis(MethodAxes.Averaging)]
    public MethodSpec? Averaging { get; init; }
}
