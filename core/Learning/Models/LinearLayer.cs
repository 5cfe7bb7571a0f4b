using SparsePipeline.Learning.Products;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>y = x · Wᵀ + b: parameters <c>weight</c> [out, in] and <c>bias</c> [out] of PyTorch's <c>Linear</c>, zeros until somebody draws or loads them.</summary>
internal sealed class LinearLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    public LinearLayer(int inputs, int outputs)
        : this(new Parameter(torch.zeros(outputs, inputs)), new Parameter(torch.zeros(outputs)))
    {
    }

    /// <param name="weight">[out, in]; may be another module's too.</param>
    /// <param name="bias">[out], or none.</param>
    public LinearLayer(Parameter weight, Parameter? bias)
        : base(nameof(LinearLayer))
    {
        register_parameter("weight", _weight = weight);
        if (bias is not null)
            register_parameter("bias", bias);
        _bias = bias;
    }

    public override torch.Tensor forward(torch.Tensor input) => LinearProduct.Pays(input, _weight)
        ? LinearProduct.Of(input, _weight, _bias)
        : torch.nn.functional.linear(input, _weight, _bias);
}
