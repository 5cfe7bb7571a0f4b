using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Collects what comes into the layers of one checkpoint.</summary>
public sealed record CollectRequest(CollectSpec Spec) : IRunnerRequest<CollectReply>
{
    /// <inheritdoc />
    public static string Job => "collect";
}

/// <summary>The stored statistics.</summary>
/// <param name="Statistics">The statistics.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Layers">Layers that were looked at.</param>
/// <param name="Examples">Examples of the sample.</param>
/// <param name="Passes">How often each of them ran through the network.</param>
public sealed record CollectReply(ArtifactRef Statistics, double Seconds, int Layers, int Examples, int Passes)
{
    /// <summary>The solved layers, where they were cut in order by a pruner that solves them.</summary>
    public ArtifactRef? Solution { get; init; }
}
