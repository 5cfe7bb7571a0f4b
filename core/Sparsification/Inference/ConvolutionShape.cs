namespace SparsePipeline.Sparsification.Inference;

/// <summary>Sizes of a two-dimensional convolution with a square kernel over inputs of one size.</summary>
/// <param name="Outputs">Output channels.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Kernel">Rows and columns of the kernel.</param>
/// <param name="Stride">Steps between outputs, the same in both directions.</param>
/// <param name="Padding">Zeros around the input.</param>
/// <param name="Height">Rows of the input.</param>
/// <param name="Width">Columns of the input.</param>
public sealed record ConvolutionShape(int Outputs, int Inputs, int Kernel, int Stride, int Padding, int Height, int Width)
{
    /// <summary>Rows of the output.</summary>
    public int OutputHeight => ((Height + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Columns of the output.</summary>
    public int OutputWidth => ((Width + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Numbers of one input.</summary>
    public int InputSize => Inputs * Height * Width;

    /// <summary>Numbers of one output.</summary>
    public int OutputSize => Outputs * OutputHeight * OutputWidth;

    /// <summary>Weights, zeros included.</summary>
    public int Weights => Outputs * Inputs * Kernel * Kernel;

    /// <summary>Columns of a phase: what is left of the padded input when every <see cref="Stride"/>th column is taken.</summary>
    internal int PhaseWidth => (Width + (2 * Padding) + Stride - 1) / Stride;

    /// <summary>Numbers of a phase.</summary>
    internal int PhaseSize => PhaseWidth * ((Height + (2 * Padding) + Stride - 1) / Stride);

    /// <summary>Phases in one direction that an element of the kernel ever looks at; a channel has this times this.</summary>
    internal int Phases => Math.Min(Stride, Kernel);

    /// <summary>Output positions counted along the rows of a phase, those between the end of one row and the start of the next included.</summary>
    internal int Positions => ((OutputHeight - 1) * PhaseWidth) + OutputWidth;

    /// <exception cref="ArgumentException">A size is not positive, the padding is negative, or the kernel is larger than the padded input.</exception>
    internal static ConvolutionShape Checked(ConvolutionShape shape)
    {
        var sizes = new[] { shape.Outputs, shape.Inputs, shape.Kernel, shape.Stride, shape.Height, shape.Width };
        return sizes.Min() < 1 || shape.Padding < 0 || shape.Kernel > Math.Min(shape.Height, shape.Width) + (2 * shape.Padding)
            ? throw new ArgumentException($"{shape} is no convolution: sizes are at least 1, and the kernel fits into the padded input.", nameof(shape))
            : shape;
    }

    /// <summary>Where the kernel's element finds its number for output position 0, in the phases of an input.</summary>
    /// <param name="column">Index of the element within one output channel's weights: (input channel, row, column).</param>
    internal int Offset(int column)
    {
        var (channel, element) = Math.DivRem(column, Kernel * Kernel);
        var (row, across) = Math.DivRem(element, Kernel);
        var phase = (((channel * Phases) + (row % Stride)) * Phases) + (across % Stride);
        return (phase * PhaseSize) + (row / Stride * PhaseWidth) + (across / Stride);
    }
}
