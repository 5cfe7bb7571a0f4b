using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification;

/// <summary>Tells the trainable tensors of a state dict from its buffers by PyTorch's names for running statistics.</summary>
internal static class Parameters
{
    private static readonly string[] Buffers = ["running_mean", "running_var", "num_batches_tracked"];

    public static bool Includes(TensorInfo tensor) => tensor.IsFloat && !Buffers.Contains(tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..]);
}
