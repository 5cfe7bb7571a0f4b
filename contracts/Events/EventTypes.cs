namespace SparsePipeline.Contracts;

/// <summary>Types of CloudEvents. The number is raised only by a change that readers of the old form would misread.</summary>
public static class EventTypes
{
    /// <summary>In: a training has a new checkpoint.</summary>
    public const string CheckpointPublished = "io.sparsepipeline.checkpoint.published.v1";
}
