using System.Runtime.InteropServices;
using SparsePipeline.Sparsification.Inference;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Benchmarks;

/// <summary>A convolution or linear layer of a network, dense as torch runs it and with its zeros left out, on what it gets inside.</summary>
internal sealed class PrunedLayer : IDisposable
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _layer;
    private readonly torch.Tensor _input;
    private readonly float[] _inputs;
    private readonly float[] _theirs;
    private readonly float[] _outputs;
    private readonly Action<int> _ours;

    /// <param name="layer">With zeros among its weights; a convolution has one stride, padding and kernel size for both directions.</param>
    /// <param name="input">As the network hands it on, in the layout that it has there.</param>
    /// <param name="output">What the layer made of it.</param>
    public PrunedLayer(torch.nn.Module<torch.Tensor, torch.Tensor> layer, torch.Tensor input, torch.Tensor output)
    {
        _layer = layer;
        _input = input.detach().clone().DetachFromDisposeScope();
        (_inputs, _theirs) = (Numbers(input), Numbers(output));
        _outputs = new float[_theirs.Length];
        _ours = Sparse(layer, input.shape);
    }

    public void Dense() => _layer.call(_input).Dispose();

    public void Ours(int threads) => _ours(threads);

    /// <exception cref="InvalidOperationException">The two ways differ by more than rounding.</exception>
    public void Check()
    {
        Ours(1);
        var scale = Math.Max(1, _theirs.Max(Math.Abs));
        for (var i = 0; i < _theirs.Length; i++)
            if (!(Math.Abs(_theirs[i] - _outputs[i]) <= 1e-4 * scale))
                throw new InvalidOperationException($"Output {i} of {_layer.GetName()} is {_outputs[i]} here and {_theirs[i]} in torch.");
    }

    public void Dispose() => _input.Dispose();

    private Action<int> Sparse(torch.nn.Module<torch.Tensor, torch.Tensor> layer, long[] input)
    {
        var (weight, bias) = (layer.get_parameter("weight")!, layer.get_parameter("bias"));
        int[] shape = [.. weight.shape.Select(s => (int)s)];
        var biases = bias is null ? [] : Numbers(bias);
        if (layer is Conv2d convolution)
        {
            var size = new ConvolutionShape(
                shape[0], shape[1], shape[2], (int)convolution.stride[0], (int)convolution.padding![0], (int)input[2], (int)input[3]);
            var packed = SparseConvolution.Pack(Numbers(weight), size, biases);
            return threads => packed.Apply(_inputs, _outputs, threads);
        }
        var linear = SparseLinear.Pack(Numbers(weight), shape[0], shape[1], biases);
        return threads => linear.Apply(_inputs, _outputs, threads);
    }

    private static float[] Numbers(torch.Tensor tensor)
    {
        using var flat = tensor.contiguous();
        return MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
    }
}
