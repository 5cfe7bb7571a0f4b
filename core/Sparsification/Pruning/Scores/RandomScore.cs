namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A number drawn for each weight, whatever its value.</summary>
/// <remarks>
/// A hash of (tensor seed, flat index), so that the same seed draws the same weights in any order of layers, chunks and threads.
/// Only the order of scores matters, so all 2³¹ − 2²³ finite non-negative floats are drawn alike by their bits instead of the
/// 2²⁴ values a uniform float in [0, 1) would have: fewer ties. Mixing function: Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014.
/// </remarks>
internal sealed class RandomScore : IScore
{
    private const ulong FiniteFloats = 0x7F80_0000;

    public static RandomScore Instance { get; } = new();

    public bool Averages => false;

    public void Score(in ScoreContext context, ReadOnlySpan<float> weights, Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Drawn(context, i);
    }

    /// <summary>The same numbers, so that what is drawn does not depend on the type of the weights.</summary>
    public void Score(in ScoreContext context, ReadOnlySpan<double> weights, Span<double> scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Drawn(context, i);
    }

    private static float Drawn(in ScoreContext context, int i)
    {
        var drawn = Mix((ulong)context.TensorSeed + (0x9E37_79B9_7F4A_7C15 * (ulong)(context.Start + i + 1)));
        return BitConverter.UInt32BitsToSingle((uint)(((drawn >> 32) * FiniteFloats) >> 32));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
