using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>One strip of rows times one input, or times eight inputs side by side. AVX-512 only.</summary>
internal static unsafe class StripKernel
{
    /// <summary>Inputs that <see cref="Eight"/> takes: they share the weights' loads, and their 32 KB (at 1024 columns) stay in the first-level cache.</summary>
    public const int Together = 8;

    /// <param name="weights">The weights.</param>
    /// <param name="strip">Which strip.</param>
    /// <param name="input">A copy of <see cref="StripWeights.Padded"/> floats that starts at a cache line.</param>
    /// <param name="sums">Receives 16 results in the order of the lanes.</param>
    public static void One(StripWeights weights, int strip, float* input, float* sums)
    {
        var slot = new Slot(weights, weights.Starts[strip]);
        // Four sums, since a sum can take a new term only every fourth cycle.
        var (s0, s1, s2, s3) = (Vector512.LoadAligned(weights.Bias.Pointer + (strip * StripWeights.Lanes)), Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var left = weights.Starts[strip + 1] - weights.Starts[strip]; left > 0; left -= StripWeights.Unrolled, slot.Advance(StripWeights.Unrolled))
        {
            s0 = Avx512F.FusedMultiplyAdd(slot.Values(0), Pick(input + slot.Window(0), slot.Offsets(0), 1), s0);
            s1 = Avx512F.FusedMultiplyAdd(slot.Values(1), Pick(input + slot.Window(1), slot.Offsets(1), 1), s1);
            s2 = Avx512F.FusedMultiplyAdd(slot.Values(2), Pick(input + slot.Window(2), slot.Offsets(2), 1), s2);
            s3 = Avx512F.FusedMultiplyAdd(slot.Values(3), Pick(input + slot.Window(3), slot.Offsets(3), 1), s3);
        }
        (s0 + s1 + (s2 + s3)).Store(sums);
    }

    /// <param name="weights">The weights.</param>
    /// <param name="strip">Which strip.</param>
    /// <param name="inputs">Eight inputs, 16 columns of each in turn: line b·8 + i has columns 16b… of input i.</param>
    /// <param name="sums">Receives 16 results of the first input, of the second, …</param>
    public static void Eight(StripWeights weights, int strip, float* inputs, float* sums)
    {
        var slot = new Slot(weights, weights.Starts[strip]);
        var bias = Vector512.LoadAligned(weights.Bias.Pointer + (strip * StripWeights.Lanes));
        var (s0, s1, s2, s3) = (bias, bias, bias, bias);
        var (s4, s5, s6, s7) = (bias, bias, bias, bias);
        for (var left = weights.Starts[strip + 1] - weights.Starts[strip]; left > 0; left--, slot.Advance(1))
        {
            var (values, offsets) = (slot.Values(0), slot.Offsets(0));
            var window = inputs + ((nint)slot.Window(0) * Together);
            s0 = Avx512F.FusedMultiplyAdd(values, Pick(window, offsets, Together), s0);
            s1 = Avx512F.FusedMultiplyAdd(values, Pick(window + 16, offsets, Together), s1);
            s2 = Avx512F.FusedMultiplyAdd(values, Pick(window + 32, offsets, Together), s2);
            s3 = Avx512F.FusedMultiplyAdd(values, Pick(window + 48, offsets, Together), s3);
            s4 = Avx512F.FusedMultiplyAdd(values, Pick(window + 64, offsets, Together), s4);
            s5 = Avx512F.FusedMultiplyAdd(values, Pick(window + 80, offsets, Together), s5);
            s6 = Avx512F.FusedMultiplyAdd(values, Pick(window + 96, offsets, Together), s6);
            s7 = Avx512F.FusedMultiplyAdd(values, Pick(window + 112, offsets, Together), s7);
        }
        s0.Store(sums);
        s1.Store(sums + 16);
        s2.Store(sums + 32);
        s3.Store(sums + 48);
        s4.Store(sums + 64);
        s5.Store(sums + 80);
        s6.Store(sums + 96);
        s7.Store(sums + 112);
    }

    /// <param name="window">The window's first line; its second lies <paramref name="lines"/> further.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pick(float* window, Vector512<int> offsets, int lines) =>
        Avx512F.PermuteVar16x32x2(Vector512.LoadAligned(window), offsets, Vector512.LoadAligned(window + (lines * CacheLine.Floats)));

    /// <summary>A place in the three streams of slots.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Slot(StripWeights weights, int first)
    {
        private int* _windows = weights.Windows.Pointer + first;
        private byte* _offsets = weights.Offsets.Pointer + ((nint)first * StripWeights.Lanes);
        private float* _values = weights.Values.Pointer + ((nint)first * StripWeights.Lanes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly int Window(int i) => _windows[i];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<int> Offsets(int i) => Avx512F.ConvertToVector512Int32(Vector128.LoadAligned(_offsets + (i * StripWeights.Lanes)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<float> Values(int i) => Vector512.LoadAligned(_values + (i * StripWeights.Lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Advance(int slots)
        {
            _windows += slots;
            _offsets += slots * StripWeights.Lanes;
            _values += slots * StripWeights.Lanes;
        }
    }
}
