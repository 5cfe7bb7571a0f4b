using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Products;

/// <summary>y = x · Wᵀ + b with gradients, by <see cref="MatrixProduct"/> where that is faster than libtorch's own and gives the same bits.</summary>
/// <remarks>
/// libtorch multiplies with Intel's MKL, which takes kernels of half the speed on AMD's processors with AVX-512. Elsewhere nothing was measured,
/// and libtorch's own product is used.
/// </remarks>
internal sealed unsafe class LinearProduct : torch.autograd.SingleTensorFunction<LinearProduct>
{
    /// <summary>Multiply-adds below which a function of our own costs more than is gained: a tenth of a millisecond in a training, most of it for what is made and finalised.</summary>
    private const long Least = 1 << 23;

    /// <summary>Narrower and lower matrices are multiplied by other kernels, with other sums.</summary>
    private const int LeastSide = 16;

    private const string HasBias = "bias";

    private static readonly long[] FirstDimension = [0];
    private static readonly bool _isFaster = Vector512.IsHardwareAccelerated && IsAmd();

    public override string Name => nameof(LinearProduct);

    /// <summary>From how many numbers of input on a layer's product may be ours; asked once, because small layers are called far too often to be asked more.</summary>
    /// <param name="weight">[out, in].</param>
    public static long LeastInput(torch.Tensor weight)
    {
        var (outputs, columns) = (weight.shape[0], weight.shape[1]);
        return !_isFaster || Math.Min(columns, outputs) < LeastSide ? long.MaxValue : Math.Max(LeastSide * columns, (Least + outputs - 1) / outputs);
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
        var rows = (int)(input.numel() / columns);
        var (x, w, dy) = (StridedMatrix.Of(Numbers(input), rows, columns), StridedMatrix.Of(Numbers(weight), outputs, columns), StridedMatrix.Of(Numbers(gradient), rows, outputs));
        var ofWeight = torch.empty(outputs, columns);
        MatrixProduct.Multiply(dy.Transposed, x, Numbers(ofWeight), adds: false);
        torch.Tensor? ofInput = null;
        if (input.requires_grad)
        {
            ofInput = torch.empty(input.shape);
            MatrixProduct.Multiply(dy, w, Numbers(ofInput), adds: false);
        }
        GC.KeepAlive(input);
        GC.KeepAlive(weight);
        GC.KeepAlive(gradient);
        return (bool)ctx.get_data(HasBias) ? [ofInput!, ofWeight, gradient.view(rows, outputs).sum(FirstDimension)] : [ofInput!, ofWeight];
    }

    private static torch.Tensor Forward(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias)
    {
        var (outputs, columns) = ((int)weight.shape[0], (int)weight.shape[1]);
        var rows = (int)(input.numel() / columns);
        long[] shape = [.. input.shape[..^1], outputs];
        var result = torch.empty(shape);
        // Copied in any case: a bias that is as large as the result has no gaps, and would be the result itself.
        if (bias is not null)
            result.copy_(bias.detach());
        MatrixProduct.Multiply(
            StridedMatrix.Of(Numbers(input), rows, columns), StridedMatrix.Of(Numbers(weight), outputs, columns).Transposed, Numbers(result), adds: bias is not null);
        GC.KeepAlive(input);
        GC.KeepAlive(weight);
        return result;
    }

    /// <summary>Where a tensor's numbers are; whoever uses them keeps the tensor alive.</summary>
    private static float* Numbers(torch.Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>"AuthenticAMD" in the registers EBX, EDX and ECX.</summary>
    private static bool IsAmd() => X86Base.IsSupported && X86Base.CpuId(0, 0) is (_, 0x68747541, 0x444D4163, 0x69746E65);
}
