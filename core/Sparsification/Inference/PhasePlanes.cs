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
        planes[..Length(shape)].Clear();
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
            // The first number whose column, border included, is in this phase.
            var i = (shape.Stride + phase - (shape.Padding % shape.Stride)) % shape.Stride;
            var plane = (((channel * shape.Phases) + phaseDown) * shape.Phases) + phase;
            var target = planes[((plane * shape.PhaseSize) + (down * shape.PhaseWidth) + ((i + shape.Padding) / shape.Stride))..];
            if (shape.Stride == 1)
                numbers.CopyTo(target);
            else
                for (var k = 0; i < numbers.Length; i += shape.Stride, k++)
                    target[k] = numbers[i];
        }
    }
}
