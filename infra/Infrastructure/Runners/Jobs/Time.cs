using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Times the layers of one checkpoint on this machine, dense and sparse.</summary>
/// <param name="Checkpoint">A stored checkpoint.</param>
/// <param name="Model">Its architecture, a built-in one.</param>
/// <param name="Data">Whose test examples are sent through it.</param>
/// <param name="Batch">Examples at a time, at least 1.</param>
/// <param name="Versions">Versions of model and data that differ from 1, see <see cref="MethodVersions"/>; null when all are 1.</param>
public sealed record TimeRequest(ArtifactRef Checkpoint, ModelSpec Model, DataSpec Data, int Batch, IReadOnlyDictionary<string, int>? Versions = null) : IRunnerRequest<TimeReply>
{
    /// <inheritdoc />
    public static string Job => "time";

    /// <summary>What the network does; null for <c>classification</c>.</summary>
    public MethodSpec? Task { get; init; }
}

/// <summary>The stored <see cref="LatencyReport"/>.</summary>
public sealed record TimeReply(ArtifactRef Report, double Seconds);
