using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SparsePipeline.Learning.Products;

/// <summary>Forward and backward of y = x · Wᵀ + b without a graph, on tensors without gaps in single precision in the processor's memory.</summary>
internal static unsafe class LinearPass
{
    private static readonly long[] FirstDimension = [0];

    /// <summary>A product of matrices, such as <see cref="ProductChoice.Fastest"/>.</summary>
    internal delegate void Product(in StridedMatrix a, in StridedMatrix b, float* result, bool adds);

    /// <summary>y.</summary>
    /// <param name="multiply">Multiplies.</param>
    /// <param name="input">[…, in].</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out], or null.</param>
    /// <param name="to">Receives y, […, out].</param>
    /// <param name="columns">in.</param>
    public static void Forward(Product multiply, torch.Tensor input, torch.Tensor weight, torch.Tensor? bias, torch.Tensor to, int columns)
    {
        var (x, w) = (Matrix(input, columns), Matrix(weight, columns));
        var y = Numbers(to);
        if (bias is not null)
            Repeat(Numbers(bias), w.Rows, y, x.Rows);
        multiply(x, w.Transposed, y, adds: bias is not null);
        GC.KeepAlive(input);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(to);
    }

    /// <summary>∂L/∂W.</summary>
    /// <param name="multiply">Multiplies.</param>
    /// <param name="input">[…, in].</param>
    /// <param name="gradient">∂L/∂y, […, out].</param>
    /// <param name="outputs">out.</param>
    /// <param name="columns">in.</param>
    /// <returns>[out, in].</returns>
    public static torch.Tensor OfWeight(Product multiply, torch.Tensor input, torch.Tensor gradient, int outputs, int columns)
    {
        var result = torch.empty(outputs, columns);
        multiply(Matrix(gradient, outputs).Transposed, Matrix(input, columns), Numbers(result), adds: false);
        GC.KeepAlive(input);
        GC.KeepAlive(gradient);
        return result;
    }

    /// <summary>∂L/∂x.</summary>
    /// <param name="multiply">Multiplies.</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="gradient">∂L/∂y, […, out].</param>
    /// <param name="to">Receives it, […, in].</param>
    /// <param name="outputs">out.</param>
    /// <param name="columns">in.</param>
    public static void OfInput(Product multiply, torch.Tensor weight, torch.Tensor gradient, torch.Tensor to, int outputs, int columns)
    {
        multiply(Matrix(gradient, outputs), Matrix(weight, columns), Numbers(to), adds: false);
        GC.KeepAlive(weight);
        GC.KeepAlive(gradient);
        GC.KeepAlive(to);
    }

    /// <summary>∂L/∂b, [out]; summed by the library, in whose order.</summary>
    /// <param name="gradient">∂L/∂y, [n, out].</param>
    public static torch.Tensor OfBias(torch.Tensor gradient) => gradient.sum(FirstDimension);

    /// <summary>Where a tensor's numbers are; whoever uses them keeps the tensor alive.</summary>
    private static float* Numbers(torch.Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>All dimensions but the last as rows; its shape is not asked for, which costs more than a small product.</summary>
    private static StridedMatrix Matrix(torch.Tensor tensor, int columns)
    {
        var numbers = tensor.bytes;
        return StridedMatrix.Of((float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers)), numbers.Length / sizeof(float) / columns, columns);
    }

    private static void Repeat(float* row, int columns, float* to, int rows)
    {
        for (var i = 0; i < rows; i++, to += columns)
            new ReadOnlySpan<float>(row, columns).CopyTo(new Span<float>(to, columns));
    }
}
