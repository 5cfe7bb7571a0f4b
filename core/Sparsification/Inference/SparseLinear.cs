using System.Runtime.Intrinsics.X86;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>A linear layer y = x·Wᵀ + b that stores and multiplies only the weights that are not 0.</summary>
/// <remarks>
/// <para>Few inputs are multiplied with strips of 16 rows (<see cref="StripWeights"/>) where the processor has AVX-512, else row by row; many go
/// through tiles of 64 (<see cref="TileKernel"/>). Vectors of 512 bits, of 256 bits with FMA, or portable ones, whichever the processor has.</para>
/// <para>Sums are taken in 32 bits in an order that depends on the path: results agree with a dense product to rounding (tests: 10⁻⁴ for
/// numbers of size 1), not to the bit. Where an input is infinite or NaN, a dense product is NaN in every output (0 · ∞); this one in some.</para>
/// <para>Immutable; any number of threads may use it at a time.</para>
/// </remarks>
public sealed class SparseLinear
{
    private readonly CsrWeights _csr;
    private readonly StripWeights? _strips;
    private readonly float[] _bias;
    private readonly VectorWidth _width;

    internal SparseLinear(ReadOnlySpan<float> weights, int rows, int columns, ReadOnlySpan<float> bias, VectorWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (weights.Length != (long)rows * columns)
            throw new ArgumentException($"There are {weights.Length} weights, not {rows} × {columns}.", nameof(weights));
        if (!bias.IsEmpty && bias.Length != rows)
            throw new ArgumentException($"There are {bias.Length} biases, not one for each of {rows} outputs.", nameof(bias));
        _bias = bias.IsEmpty ? new float[rows] : bias.ToArray();
        _width = width;
        _csr = CsrWeights.Of(weights, rows, columns);
        _strips = Avx512F.IsSupported && width >= VectorWidth.Bits512 ? StripPacker.Pack(_csr, _bias) : null;
    }

    /// <summary>Numbers per input.</summary>
    public int Inputs => _csr.Columns;

    /// <summary>Numbers per output.</summary>
    public int Outputs => _csr.Rows;

    /// <summary>Weights that are not 0.</summary>
    public int NonZeros => _csr.Values.Length;

    /// <summary>Memory held, in bytes: the weights row after row, and in strips where those are used.</summary>
    public long Bytes => ((sizeof(int) + sizeof(float)) * (long)NonZeros) + (sizeof(int) * (2L * Outputs)) + (_strips?.Bytes ?? 0);

    /// <summary>Packs dense weights.</summary>
    /// <param name="weights">outputs × inputs numbers, row-major, as PyTorch keeps them.</param>
    /// <param name="outputs">Rows, at least 1.</param>
    /// <param name="inputs">Columns, at least 1.</param>
    /// <param name="bias">One number per output, or none.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static SparseLinear Pack(ReadOnlySpan<float> weights, int outputs, int inputs, ReadOnlySpan<float> bias = default) =>
        new(weights, outputs, inputs, bias, VectorWidth.Widest);

    /// <summary>Multiplies a batch.</summary>
    /// <param name="inputs">batch × <see cref="Inputs"/> numbers, row-major.</param>
    /// <param name="outputs">Receives batch × <see cref="Outputs"/> numbers, row-major; must not overlap the inputs.</param>
    /// <param name="threads">Most threads to use, at least 1; small products use fewer.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public unsafe void Apply(ReadOnlySpan<float> inputs, Span<float> outputs, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var batch = inputs.Length / Inputs;
        if (inputs.Length != batch * Inputs)
            throw new ArgumentException($"{inputs.Length} numbers are not a whole number of inputs of {Inputs}.", nameof(inputs));
        if (outputs.Length != (long)batch * Outputs)
            throw new ArgumentException($"{outputs.Length} numbers are not {batch} outputs of {Outputs}.", nameof(outputs));
        if (batch == 0)
            return;
        var shares = new SharePlan(_csr, _strips).Of(batch, threads);
        fixed (float* x = inputs, y = outputs)
        {
            var (from, to) = ((nint)x, (nint)y);
            if (shares.Count == 1)
                Run(shares[0], from, to);
            else
                Parallel.For(0, shares.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => Run(shares[i], from, to));
        }
        GC.KeepAlive(_strips);
    }

    private unsafe void Run(Share share, nint allInputs, nint allOutputs)
    {
        var inputs = (float*)allInputs + ((nint)share.FirstInput * Inputs);
        var outputs = (float*)allOutputs + ((nint)share.FirstInput * Outputs);
        if (share.Tiled)
            TiledProduct.Run(_csr, _bias, share, inputs, outputs, _width);
        else if (_strips is null)
            RowProduct.Run(_csr, _bias, share, inputs, outputs, _width);
        else
            StripProduct.Run(_strips, Inputs, share, inputs, outputs);
    }
}
