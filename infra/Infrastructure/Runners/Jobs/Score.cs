using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Recalibrates BatchNorm of a merged checkpoint and scores it on the validation split.</summary>
/// <param name="Checkpoint">Local safetensors file on the machine both processes share.</param>
/// <param name="Recalibration">Share of the training data; 0 leaves the statistics alone.</param>
/// <param name="RecalibratedCheckpoint">Where to write the recalibrated state dict; null when only the score is wanted.</param>
/// <param name="BatchSize">Examples of an update, which a small share is taken by.</param>
/// <param name="Versions">Versions of model and data that differ from 1, see <see cref="MethodVersions"/>; null when all are 1.</param>
public sealed record ScoreRequest(
    string Checkpoint, ModelSpec Model, DataSpec Data, double Recalibration, string? RecalibratedCheckpoint, int BatchSize = SoupSpec.StandardBatch,
    IReadOnlyDictionary<string, int>? Versions = null) : IRunnerRequest<ScoreReply>
{
    /// <summary>What the network does; null for <c>classification</c>.</summary>
    public MethodSpec? Task { get; init; }

    /// <inheritdoc />
    public static string Job => "score";
}

/// <summary>All that was measured on the validation split.</summary>
public sealed record ScoreReply(SplitReport Validation);
