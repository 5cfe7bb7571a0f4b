namespace SparsePipeline.Contracts;

/// <summary>What the bytes behind an <see cref="ArtifactRef"/> are.</summary>
public static class ArtifactFormats
{
    /// <summary>A state dict in a safetensors file.</summary>
    public const string Safetensors = "safetensors";

    /// <summary>A sparsity mask: one bit per prunable weight in a safetensors container.</summary>
    public const string Mask = "mask";

    /// <summary>Statistics of layer inputs in a safetensors container.</summary>
    public const string Statistics = "statistics";

    /// <summary>Layers that a pruner has solved, in a safetensors container.</summary>
    public const string Solution = "solution";

    /// <summary>A scripted PyTorch module, as <c>torch.jit.save</c> writes it: code.</summary>
    public const string TorchScript = "torchscript";

    /// <summary>A JSON document: reports, logs.</summary>
    public const string Json = "json";

    /// <summary>A training resume point: weights and optimizer state in a safetensors container.</summary>
    public const string ResumePoint = "resume";
}
