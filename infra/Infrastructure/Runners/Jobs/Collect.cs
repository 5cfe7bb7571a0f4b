using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Collects what comes into the layers of one checkpoint.</summary>
public sealed record CollectRequest(CollectSpec Spec) : IRunnerRequest<CollectReply>
{
    /// <inheritdoc />
    public static string Job => "collect";
}

/// <summary>The stored statistics.</summary>
public sealed record CollectReply(ArtifactRef Statistics, double Seconds);
