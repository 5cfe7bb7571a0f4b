using System.Buffers;
using System.Numerics;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>A two-dimensional convolution that stores and multiplies only the weights that are not 0.</summary>
/// <remarks>
/// The kernel of <see cref="SparseLinear"/>'s tiles (<see cref="TileKernel"/>) with 64 neighbouring output positions in place of 64 inputs: each
/// weight is broadcast and multiplied with a run of one channel's numbers. Agrees with a dense convolution to rounding, as there.
/// Immutable; any number of threads may use it at a time.
/// </remarks>
public sealed class SparseConvolution
{
    private readonly CsrWeights _csr;
    private readonly int[] _offsets;
    private readonly float[] _bias;
    private readonly VectorWidth _width;

    internal SparseConvolution(ReadOnlySpan<float> weights, ConvolutionShape shape, ReadOnlySpan<float> bias, VectorWidth width)
    {
        Shape = ConvolutionShape.Checked(shape);
        if (weights.Length != shape.Weights)
            throw new ArgumentException($"There are {weights.Length} weights, not {shape.Weights}.", nameof(weights));
        if (!bias.IsEmpty && bias.Length != shape.Outputs)
            throw new ArgumentException($"There are {bias.Length} biases, not one for each of {shape.Outputs} outputs.", nameof(bias));
        _width = width;
        _bias = bias.IsEmpty ? new float[shape.Outputs] : bias.ToArray();
        _csr = CsrWeights.Of(weights, shape.Outputs, shape.Weights / shape.Outputs);
        _offsets = Array.ConvertAll(_csr.ColumnOf, shape.Offset);
    }

    /// <summary>Its sizes.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>Weights that are not 0.</summary>
    public int NonZeros => _csr.Values.Length;

    /// <summary>Packs dense weights.</summary>
    /// <param name="weights">outputs × inputs × kernel × kernel numbers, as PyTorch keeps them.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="bias">One number per output channel, or none.</param>
    /// <exception cref="ArgumentException">A size or length does not fit.</exception>
    public static SparseConvolution Pack(ReadOnlySpan<float> weights, ConvolutionShape shape, ReadOnlySpan<float> bias = default) =>
        new(weights, shape, bias, VectorWidth.Widest);

    /// <summary>Convolves a batch.</summary>
    /// <param name="inputs">batch × channels × height × width numbers.</param>
    /// <param name="outputs">Receives batch × output channels × output height × output width numbers; must not overlap the inputs.</param>
    /// <param name="threads">Most threads to use, at least 1.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public unsafe void Apply(ReadOnlySpan<float> inputs, Span<float> outputs, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var batch = inputs.Length / Shape.InputSize;
        if (inputs.Length != batch * Shape.InputSize)
            throw new ArgumentException($"{inputs.Length} numbers are not a whole number of inputs of {Shape.InputSize}.", nameof(inputs));
        if (outputs.Length != (long)batch * Shape.OutputSize)
            throw new ArgumentException($"{outputs.Length} numbers are not {batch} outputs of {Shape.OutputSize}.", nameof(outputs));
        if (batch == 0)
            return;
        var parts = threads / (int)BigInteger.GreatestCommonDivisor(batch, threads);
        fixed (float* x = inputs, y = outputs)
        {
            var (from, to) = ((nint)x, (nint)y);
            Parallel.For(0, batch * parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => Run(
                (float*)from + ((nint)(i / parts) * Shape.InputSize),
                (float*)to + ((nint)(i / parts) * Shape.OutputSize),
                (i % parts, parts)));
        }
    }

    /// <summary>One input's tiles, or every so-many-th of them.</summary>
    private unsafe void Run(float* input, float* output, (int Index, int Of) part)
    {
        var length = PhasePlanes.Length(Shape);
        var scratch = ArrayPool<float>.Shared.Rent(length + TileKernel.Width + CacheLine.Floats);
        fixed (float* start = scratch)
        fixed (int* offsets = _offsets)
        fixed (float* values = _csr.Values)
        {
            var sums = CacheLine.Align(start);
            var planes = sums + TileKernel.Width;
            PhasePlanes.Fill(Shape, new ReadOnlySpan<float>(input, Shape.InputSize), new Span<float>(planes, length));
            for (var position = part.Index * TileKernel.Width; position < Shape.Positions; position += part.Of * TileKernel.Width)
                for (var channel = 0; channel < Shape.Outputs; channel++)
                {
                    var first = _csr.Starts[channel];
                    var target = output + ((nint)channel * Shape.OutputHeight * Shape.OutputWidth);
                    // Where the rows of a phase are those of the output, a tile's sums are neighbours there too and need no place of their own.
                    var inPlace = Shape.PhaseWidth == Shape.OutputWidth && position + TileKernel.Width <= Shape.Positions;
                    TileKernel.Row(
                        offsets + first, values + first, _csr.CountOf(channel), planes + position, 1, _bias[channel], inPlace ? &target[position] : sums, _width);
                    if (!inPlace)
                        Write(sums, position, target);
                }
        }
        ArrayPool<float>.Shared.Return(scratch);
    }

    /// <summary>Writes what lies within rows of the output; the rest are sums across the end of one row and the start of the next.</summary>
    private unsafe void Write(float* sums, int position, float* channel)
    {
        for (var i = 0; i < TileKernel.Width && position + i < Shape.Positions;)
        {
            var (row, column) = Math.DivRem(position + i, Shape.PhaseWidth);
            var run = Math.Min(TileKernel.Width - i, Shape.OutputWidth - column);
            if (run > 0)
                new Span<float>(sums + i, run).CopyTo(new Span<float>(channel + ((nint)row * Shape.OutputWidth) + column, run));
            i += Math.Min(TileKernel.Width, Shape.PhaseWidth - column);
        }
    }
}
