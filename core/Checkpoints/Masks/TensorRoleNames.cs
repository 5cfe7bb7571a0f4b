namespace SparsePipeline.Checkpoints;

/// <summary>Roles in words.</summary>
public static class TensorRoleNames
{
    /// <summary>For people: why a matrix is not pruned.</summary>
    public static string Of(TensorRole role) => role switch
    {
        TensorRole.Weight => "weight",
        TensorRole.Embedding => "embedding",
        TensorRole.Position => "positions",
        TensorRole.Norm => "norm",
        TensorRole.Bias => "bias",
        _ => "no weight by its name",
    };
}
