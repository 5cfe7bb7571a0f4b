namespace SparsePipeline.Checkpoints;

/// <summary>What a tensor is in its network.</summary>
public enum TensorRole
{
    /// <summary>A matrix or kernel that inputs are multiplied with: what pruning may touch.</summary>
    Weight,

    /// <summary>A table of which rows are looked up.</summary>
    Embedding,

    /// <summary>A table of positions, or of biases by position.</summary>
    Position,

    /// <summary>Gain or statistics of a normalisation.</summary>
    Norm,

    /// <summary>What is added to outputs.</summary>
    Bias,

    /// <summary>Anything else: scales, tokens, masks, vectors of more than one dimension, numbers that are no floating point.</summary>
    Other,
}
