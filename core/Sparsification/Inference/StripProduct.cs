using System.Buffers;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>A few inputs times some strips. AVX-512 only.</summary>
internal static unsafe class StripProduct
{
    /// <summary>From this many on, inputs are taken as eight: that costs as much as four alone.</summary>
    private const int WorthEight = StripKernel.Together / 2;

    /// <param name="weights">The weights.</param>
    /// <param name="columns">Numbers per input.</param>
    /// <param name="share">Which inputs and strips.</param>
    /// <param name="inputs">The first input of the share.</param>
    /// <param name="outputs">Receives the results; the first output of the share.</param>
    public static void Run(StripWeights weights, int columns, Share share, float* inputs, float* outputs)
    {
        var scratch = ArrayPool<float>.Shared.Rent(((StripWeights.Padded(columns) + StripWeights.Lanes) * StripKernel.Together) + CacheLine.Floats);
        fixed (float* start = scratch)
        {
            var sums = CacheLine.Align(start);
            var copy = sums + (StripWeights.Lanes * StripKernel.Together);
            for (var (i, taken) = (0, 0); i < share.Inputs; i += taken)
            {
                var left = share.Inputs - i;
                taken = left < WorthEight ? 1 : Math.Min(left, StripKernel.Together);
                var lines = taken == 1 ? 1 : StripKernel.Together;
                for (var k = 0; k < taken; k++)
                    Spread(inputs + ((nint)(i + k) * columns), columns, copy + (k * CacheLine.Floats), lines);
                for (var strip = share.First; strip < share.End; strip++)
                {
                    if (lines == 1)
                        StripKernel.One(weights, strip, copy, sums);
                    else
                        StripKernel.Eight(weights, strip, copy, sums);
                    Write(weights.Order, strip, sums, outputs + ((nint)i * weights.Order.Length), taken);
                }
            }
        }
        ArrayPool<float>.Shared.Return(scratch);
    }

    /// <summary>Copies an input line by line, each <paramref name="lines"/> lines after the one before, with zeros behind its end.</summary>
    private static void Spread(float* input, int columns, float* target, nint lines)
    {
        var whole = columns & -CacheLine.Floats;
        for (var column = 0; column < whole; column += CacheLine.Floats)
            Vector512.Load(input + column).StoreAligned(target + (column * lines));
        // Lanes with nothing to do multiply 0 with what they find, which must not be NaN.
        for (var column = whole; column < StripWeights.Padded(columns); column += CacheLine.Floats)
            Vector512<float>.Zero.StoreAligned(target + (column * lines));
        new Span<float>(input + whole, columns - whole).CopyTo(new Span<float>(target + (whole * lines), CacheLine.Floats));
    }

    private static void Write(int[] order, int strip, float* sums, float* outputs, int inputs)
    {
        var rows = order.AsSpan(strip * StripWeights.Lanes, Math.Min(StripWeights.Lanes, order.Length - (strip * StripWeights.Lanes)));
        for (var i = 0; i < inputs; i++, sums += StripWeights.Lanes, outputs += order.Length)
            for (var lane = 0; lane < rows.Length; lane++)
                outputs[rows[lane]] = sums[lane];
    }
}
