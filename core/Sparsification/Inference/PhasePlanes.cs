using System.Numerics;
using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>
/// Copies an input so that whatever element of the kernel is looked at, its numbers for neighbouring outputs lie side by side: with zeros
/// around it and, for a stride s, taken apart into s² phases, (row mod s, column mod s). The columns of an im2col would hold each number k² times.
/// </summary>
internal static class PhasePlanes
{
    /// <summary>Floats a copy takes, with what a tile may read beyond its end.</summary>
    public static int Length(ConvolutionShape shape) => (shape.Inputs * shape.Phases * shape.Phases * shape.PhaseSize) + TileKernel.Width;

    /// <param name="shape">The convolution.</param>
    /// <param name="input">channels × height × width numbers.</param>
    /// <param name="planes">Receives them.</param>
    public static void Fill(ConvolutionShape shape, ReadOnlySpan<float> input, Span<float> planes)
    {
        // Without a border, and when strides divide the sides, every number of every phase is written below.
        var covered = shape.Padding == 0 && shape.Height % shape.Stride == 0 && shape.Width % shape.Stride == 0;
        planes[(covered ? Length(shape) - TileKernel.Width : 0)..Length(shape)].Clear();
        for (var channel = 0; channel < shape.Inputs; channel++)
            for (var row = 0; row < shape.Height; row++)
                FillRow(shape, input.Slice(((channel * shape.Height) + row) * shape.Width, shape.Width), channel, row + shape.Padding, planes);
    }

    private static void FillRow(ConvolutionShape shape, ReadOnlySpan<float> numbers, int channel, int row, Span<float> planes)
    {
        var (down, phaseDown) = Math.DivRem(row, shape.Stride);
        if (phaseDown >= shape.Phases)
            return;
        for (var phase = 0; phase < shape.Phases; phase++)
        {
            // The first number whose column, border included, is in this phase; a row shorter than the stride may have none.
            var i = (shape.Stride + phase - (shape.Padding % shape.Stride)) % shape.Stride;
            var plane = (((channel * shape.Phases) + phaseDown) * shape.Phases) + phase;
            var target = planes[((plane * shape.PhaseSize) + (down * shape.PhaseWidth) + ((i + shape.Padding) / shape.Stride))..];
            if (shape.Stride == 1)
                numbers.CopyTo(target);
            else
                Take(numbers[Math.Min(i, numbers.Length)..], shape.Stride, target);
        }
    }

    /// <summary>Copies every <paramref name="stride"/>th number, the first included.</summary>
    private static void Take(ReadOnlySpan<float> numbers, int stride, Span<float> target)
    {
        var (taken, lanes) = (0, Vector<float>.Count);
        // Of two neighbours seen as one 64-bit number, narrowing keeps the lower half, which is the first of them.
        if (stride == 2 && BitConverter.IsLittleEndian)
            for (; (taken + lanes) * 2 <= numbers.Length; taken += lanes)
            {
                var pairs = MemoryMarshal.Cast<float, ulong>(numbers.Slice(taken * 2, lanes * 2));
                var firsts = Vector.Narrow(new Vector<ulong>(pairs), new Vector<ulong>(pairs[(lanes / 2)..]));
                Vector.AsVectorSingle(firsts).CopyTo(target[taken..]);
            }
        for (var i = taken * stride; i < numbers.Length; i += stride)
            target[taken++] = numbers[i];
    }
}
