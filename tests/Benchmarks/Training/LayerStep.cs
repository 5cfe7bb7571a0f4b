using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>One layer's forward and backward, with nothing before or behind it.</summary>
internal sealed class LayerStep : IDisposable
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _layer;
    private readonly torch.Tensor _input;
    private readonly torch.Tensor _gradient;
    private readonly torch.Tensor[] _wanted;

    /// <param name="layer">With weights that want gradients.</param>
    /// <param name="input">As the network hands it on; its gradient is computed when the network's step needs it.</param>
    /// <param name="output">Stands for its own gradient, which has its shape and layout.</param>
    public LayerStep(torch.nn.Module<torch.Tensor, torch.Tensor> layer, torch.Tensor input, torch.Tensor output)
    {
        _layer = layer;
        _input = Kept(input).requires_grad_(input.requires_grad);
        _gradient = Kept(output);
        _wanted = [.. layer.parameters(), .. input.requires_grad ? [_input] : Array.Empty<torch.Tensor>()];
    }

    public void Run()
    {
        using var scope = torch.NewDisposeScope();
        torch.autograd.grad([_layer.call(_input)], _wanted, [_gradient]);
    }

    public void Dispose()
    {
        _input.Dispose();
        _gradient.Dispose();
    }

    /// <summary>A copy in the same layout: the network may free or overwrite its own.</summary>
    private static torch.Tensor Kept(torch.Tensor tensor) => tensor.detach().clone().DetachFromDisposeScope();
}
