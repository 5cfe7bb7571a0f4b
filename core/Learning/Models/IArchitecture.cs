using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Builds networks of one kind. Parameter names follow PyTorch, so that checkpoints are exchanged with it.</summary>
internal interface IArchitecture : IMethod
{
    /// <summary>A network from inputs [n, channels, height, width] to outputs [n, classes], with arbitrary weights: logits of classes, or whatever the task takes them for.</summary>
    /// <exception cref="DomainException">The input does not fit.</exception>
    torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options);
}
