namespace SparsePipeline.Learning;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): a repeatable stream per seed. Neither torch's generator, which all trainings of a
/// process share, nor <see cref="Random"/>, which takes 31 bits of seed, would do.
/// </summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>Uniform over all 64-bit values.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1) with 53 random bits.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound); the bias of the multiplication is below bound / 2⁶⁴.</summary>
    public int NextIndex(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Normal with mean 0 and deviation 1, by Box and Muller; takes two numbers of the stream.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextUnit())) * Math.Cos(2 * Math.PI * NextUnit());

    /// <summary>Fisher–Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextIndex(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>0 … count−1 in an order that depends on the seed only.</summary>
    public static int[] Permutation(int count, long seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new SeededRandom(seed).Shuffle<int>(order);
        return order;
    }
}
