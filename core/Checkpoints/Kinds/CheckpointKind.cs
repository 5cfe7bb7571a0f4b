namespace SparsePipeline.Checkpoints;

/// <summary>What the tensors of a safetensors file stand for. Decided by <see cref="CheckpointKinds"/> alone.</summary>
public enum CheckpointKind
{
    /// <summary>Weights by name, each of them linear: they can be averaged and pruned one by one.</summary>
    StateDict,

    /// <summary>Bitmask and values, ours or compressed-tensors'; unpacked where a state dict is wanted.</summary>
    Packed,

    /// <summary>A sparsity mask of ours.</summary>
    Mask,

    /// <summary>Codes with scales: a weight is a product of two tensors.</summary>
    Quantised,

    /// <summary>Low-rank or Kronecker factors that change a base model: LoRA, LoHa, LoKr.</summary>
    Adapter,

    /// <summary><c>*_orig</c> and <c>*_mask</c> of <c>torch.nn.utils.prune</c>.</summary>
    MaskedParametrisation,

    /// <summary><c>*_g</c> and <c>*_v</c>, or <c>parametrizations.*.original0</c> and <c>original1</c>.</summary>
    WeightNorm,

    /// <summary>Any other parametrisation of PyTorch, spectral norm among them.</summary>
    Parametrisation,

    /// <summary>Moments and momenta of a training.</summary>
    OptimiserState,

    /// <summary>What came into the layers of a network on a sample.</summary>
    Statistics,

    /// <summary>Layers that a pruner has solved, with their masks.</summary>
    Solution,
}
