using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Loop;

/// <summary>A training step with its artifacts at hand.</summary>
public sealed record TrainingInputs
{
    public required TrainSpec Spec { get; init; }

    public required DataSplits Data { get; init; }

    /// <summary>Safetensors file of <see cref="TrainSpec.Checkpoint"/>; null initialises from the seed.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>File of the model's <see cref="ModelSpec.Script"/>; null for models that are built in.</summary>
    public string? Script { get; init; }

    /// <summary>Loaded <see cref="TrainSpec.Mask"/>; null trains dense.</summary>
    public SparsityMask? Mask { get; init; }

    /// <summary>Loaded <see cref="TrainSpec.Ceiling"/>; null lets masks grow anywhere.</summary>
    public SparsityMask? Ceiling { get; init; }

    /// <summary>Loaded <see cref="TrainSpec.DenseReport"/>.</summary>
    public TrainReport? DenseReport { get; init; }

    /// <summary>Measures what each hook costs; null measures nothing. No result depends on it.</summary>
    public TimeProvider? Time { get; init; }
}
