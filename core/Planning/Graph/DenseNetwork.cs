using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The network that is pruned first.</summary>
/// <param name="Checkpoint">Its weights: what the pretraining makes, or those that were given.</param>
/// <param name="Report">The pretraining's log, which retraining schedules read; null when there was none.</param>
internal sealed record DenseNetwork(ArtifactRef Checkpoint, ArtifactRef? Report)
{
    /// <summary>The mask it is sparse by from its training on; null where it cannot have one.</summary>
    public ArtifactRef? Mask { get; init; }
}
