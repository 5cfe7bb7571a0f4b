using System.Collections.Immutable;

namespace SparsePipeline.Checkpoints;

/// <summary>Which elements of one tensor are kept, one bit each. Immutable.</summary>
public sealed class TensorMask
{
    private readonly ImmutableArray<ulong> _words;

    /// <summary>
    /// A mask over its words; nothing is copied (<c>ImmutableCollectionsMarshal.AsImmutableArray</c> hands over a filled array).
    /// </summary>
    /// <param name="name">Name of the tensor masked.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="words">⌈Count / 64⌉ words; bit i % 64 of word i / 64 stands for flat index i, 1 means kept. Bits beyond the last
    /// element are zero.</param>
    /// <exception cref="ArgumentException">The number of words does not fit the shape, or a bit beyond the last element is set.</exception>
    public TensorMask(string name, ImmutableArray<long> shape, ImmutableArray<ulong> words)
    {
        Name = name;
        Shape = shape;
        Count = TensorShape.Count(shape.AsSpan());
        if (words.Length != WordsFor(Count))
            throw new ArgumentException(
                $"Mask '{name}' of {Count} elements takes {WordsFor(Count)} words, not {words.Length}.", nameof(words));
        if (Count % 64 != 0 && words[^1] >> (int)(Count % 64) != 0)
            throw new ArgumentException($"Mask '{name}' has bits set beyond its {Count} elements.", nameof(words));
        _words = words;
        Kept = BitCount.Of(words.AsSpan());
    }

    /// <summary>Name of the tensor masked.</summary>
    public string Name { get; }

    /// <summary>Dimensions of the tensor masked.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>Number of elements kept.</summary>
    public long Kept { get; }

    /// <summary>Bit i % 64 of word i / 64 is flat index i; 1 means kept; bits beyond the last element are zero.</summary>
    public ReadOnlySpan<ulong> Words => _words.AsSpan();

    /// <summary>Number of words for a number of elements.</summary>
    public static int WordsFor(long count) => checked((int)((count + 63) / 64));

    /// <summary>Whether flat index i is kept.</summary>
    public bool IsKept(long i) => i >= 0 && i < Count
        ? (_words[(int)(i >> 6)] >> (int)(i & 63) & 1) != 0
        : throw new ArgumentOutOfRangeException(nameof(i), $"Index {i} is not in mask '{Name}' of {Count} elements.");
}
