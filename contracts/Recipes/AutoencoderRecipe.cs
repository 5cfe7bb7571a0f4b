using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>The autoencoder of the workflow <c>sparse-autoencoder</c>: of which layer, what it is, and how it is trained.</summary>
public sealed record AutoencoderRecipe
{
    /// <summary>Name of the weights of the layer whose inputs are reconstructed, or a pattern (* matches anything) that matches no other: <c>layers.1.weight</c>.</summary>
    [StringLength(512, MinimumLength = 1)]
    public required string Layer { get; init; }

    /// <summary>Activations that are collected, from as many examples of the training split at most; as many from the test split at most.</summary>
    [Range(16, 10_000_000)]
    [DefaultValue(20_000)]
    public int Rows { get; init; } = 20_000;

    /// <summary>The autoencoder and its options.</summary>
    [MethodAxis(MethodAxes.Model)]
    public ModelSpec Model { get; init; } = new() { Name = MethodDefaults.Autoencoder };

    /// <summary>What the model is made for.</summary>
    [Resolved]
    public MethodSpec? Task { get; init; }

    /// <summary>Passes over the activations.</summary>
    [Range(1, 100_000)]
    public required int Epochs { get; init; }

    /// <summary>Peak learning rate.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    [DefaultValue(0.001)]
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Shape of the learning rate: see the <c>learning-rate</c> axis.</summary>
    [MethodAxis(MethodAxes.LearningRate)]
    public MethodSpec Schedule { get; init; } = MethodSpec.Of(MethodDefaults.LearningRate);

    /// <summary>Activations per update.</summary>
    [Range(1, 65_536)]
    [DefaultValue(512)]
    public int BatchSize { get; init; } = 512;

    /// <summary>How gradients become updates: see the <c>optimizer</c> axis. There is no weight decay.</summary>
    [MethodAxis(MethodAxes.Optimizer)]
    public MethodSpec Optimizer { get; init; } = MethodSpec.Of(MethodDefaults.AutoencoderOptimizer);

    /// <summary>What acts on the updates besides: see the <c>hook</c> axis; null is <c>unit-norm</c>, which keeps the entries of the dictionary at length 1.</summary>
    [MethodAxis(MethodAxes.Hook)]
    public IReadOnlyList<MethodSpec>? Hooks { get; init; }
}
