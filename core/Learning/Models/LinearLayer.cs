using SparsePipeline.Learning.Products;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>y = x · Wᵀ + b: parameters <c>weight</c> [out, in] and <c>bias</c> [out] of PyTorch's <c>Linear</c>, zeros until somebody draws or loads them.</summary>
internal sealed class LinearLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    // Named as they are registered: who moves a network to a device gets new tensors, and these fields hold them then.
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long _leastInput;

    public LinearLayer(int inputs, int outputs)
        : this(new Parameter(torch.zeros(outputs, inputs)), new Parameter(torch.zeros(outputs)))
    {
    }

    /// <param name="weight">[out, in]; may be another module's too.</param>
    /// <param name="bias">[out], or none.</param>
    public LinearLayer(Parameter weight, Parameter? bias)
        : base(nameof(LinearLayer))
    {
        register_parameter("weight", this.weight = weight);
        if (bias is not null)
            register_parameter("bias", bias);
        this.bias = bias;
        _leastInput = LinearProduct.LeastInput(weight);
        (Outputs, Inputs) = ((int)weight.shape[0], (int)weight.shape[1]);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Whether all it has is trained.</summary>
    public bool WantsGradients => weight.requires_grad && bias is not { requires_grad: false };

    public override torch.Tensor forward(torch.Tensor input) => LinearProduct.Pays(input, _leastInput)
        ? LinearProduct.Of(input, weight, bias)
        : torch.nn.functional.linear(input, weight, bias);

    /// <summary>The same bits without a graph, for an input in the processor's memory without gaps, in single precision.</summary>
    /// <param name="input">x, [rows, in].</param>
    /// <param name="rows">n.</param>
    public torch.Tensor Direct(torch.Tensor input, long rows)
    {
        var result = torch.empty(rows, Outputs);
        LinearPass.Forward(ProductChoice.Fastest, input, weight, bias, result, Inputs);
        return result;
    }

    /// <summary>∂L/∂x without a graph.</summary>
    /// <param name="gradient">∂L/∂y, [rows, out] without gaps.</param>
    /// <param name="rows">n.</param>
    public torch.Tensor OfInput(torch.Tensor gradient, long rows)
    {
        var result = torch.empty(rows, Inputs);
        LinearPass.OfInput(ProductChoice.Fastest, weight, gradient, result, Outputs, Inputs);
        return result;
    }

    /// <summary>Gives the parameters their gradients without a graph, or adds to those they have.</summary>
    /// <param name="input">x.</param>
    /// <param name="gradient">∂L/∂y, without gaps.</param>
    public void AddGradients(torch.Tensor input, torch.Tensor gradient)
    {
        Add(weight, LinearPass.OfWeight(ProductChoice.Fastest, input, gradient, Outputs, Inputs));
        if (bias is not null)
            Add(bias, LinearPass.OfBias(gradient));
    }

    private static void Add(Parameter parameter, torch.Tensor gradient)
    {
        if (parameter.grad is { } sum)
            sum.add_(gradient, KeptScalars.One);
        else
            parameter.grad = gradient;
    }
}
