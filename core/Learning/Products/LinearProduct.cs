using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Products;

/// <summary>y = x · Wᵀ + b with gradients, by <see cref="MatrixProduct"/> where that is faster than libtorch's own and gives the same bits.</summary>
/// <remarks>A function of our own costs a tenth of a millisecond in a training, most of it for what is made and finalised: another reason for <see cref="ProductChoice.Least"/>.</remarks>
internal sealed unsafe class LinearProduct : torch.autograd.SingleTensorFunction<LinearProduct>
{
    private const string HasBias = "bias";

    public override string Name => nameof(LinearProduct);

    /// <summary>From how many numbers of input on a layer's product may be ours; asked once, because small layers are called far too often to be asked more.</summary>
    /// <param name="weight">[out, in].</param>
    public static long LeastInput(torch.Tensor weight)
    {
        var (outputs, columns) = (weight.shape[0], weight.shape[1]);
        return !ProductChoice.OwnIsFaster || Math.Min(columns, outputs) < ProductChoice.LeastSide
            ? long.MaxValue
            : Math.Max(ProductChoice.LeastSide * columns, (ProductChoice.Least + outputs - 1) / outputs);
    }

    /// <summary>Whether a layer's product is ours.</summary>
    /// <param name="input">[…, in].</param>
    /// <param name="least">What <see cref="LeastInput"/> says of its weight.</param>
    public static bool Pays(torch.Tensor input, long least) =>
        input.numel() >= least && input.dtype == torch.ScalarType.Float32 && input.device_type == DeviceType.CPU && !Autocast.IsOn && torch.get_num_threads() == 1;

    /// <summary>The product; without gradients where none are wanted.</summary>
    /// <param name="input">[…, in], single precision.</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out], or null.</param>
    /// <returns>[…, out].</returns>
    public static torch.Tensor Of(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias)
    {
        // Here and not inside, where nothing hands gradients on to what had gaps.
        var rows = input.contiguous();
        return !torch.is_grad_enabled() ? Forward(rows, weight, bias)
            : bias is null ? apply(rows, weight)
            : apply(rows, weight, bias);
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight) = ((torch.Tensor)vars[0], (torch.Tensor)vars[1]);
        ctx.save_for_backward([input, weight]);
        ctx.save_data(HasBias, vars.Length > 2);
        return Forward(input, weight, vars.Length > 2 ? (torch.Tensor)vars[2] : null);
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, weight, gradient) = (saved[0], saved[1], grad_output.contiguous());
        var (outputs, columns) = ((int)weight.shape[0], (int)weight.shape[1]);
        var ofWeight = LinearPass.OfWeight(MatrixProduct.Multiply, input, gradient, outputs, columns);
        torch.Tensor? ofInput = null;
        if (input.requires_grad)
            LinearPass.OfInput(MatrixProduct.Multiply, weight, gradient, ofInput = torch.empty(input.shape), outputs, columns);
        return (bool)ctx.get_data(HasBias) ? [ofInput!, ofWeight, LinearPass.OfBias(gradient.view(-1, outputs))] : [ofInput!, ofWeight];
    }

    private static torch.Tensor Forward(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias)
    {
        long[] shape = [.. input.shape[..^1], weight.shape[0]];
        var result = torch.empty(shape);
        LinearPass.Forward(MatrixProduct.Multiply, input, weight, bias, result, (int)weight.shape[1]);
        return result;
    }
}
