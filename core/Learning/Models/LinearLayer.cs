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
    }

    public override torch.Tensor forward(torch.Tensor input) => LinearProduct.Pays(input, _leastInput)
        ? LinearProduct.Of(input, weight, bias)
        : torch.nn.functional.linear(input, weight, bias);
}
