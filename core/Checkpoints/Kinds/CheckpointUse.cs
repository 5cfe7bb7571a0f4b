namespace SparsePipeline.Checkpoints;

/// <summary>What a file is opened for: not every kind can be used for everything.</summary>
public enum CheckpointUse
{
    /// <summary>To be averaged with others.</summary>
    Average,

    /// <summary>To have weights set to zero.</summary>
    Prune,

    /// <summary>To fill a network: evaluation, timing, start weights.</summary>
    Network,

    /// <summary>To be written again bit by bit.</summary>
    Copy,

    /// <summary>To be written in the packed form.</summary>
    Pack,
}
