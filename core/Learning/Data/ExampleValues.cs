using System.Numerics;

namespace SparsePipeline.Learning.Data;

/// <summary>Numbers of examples, equally many of each, in whatever type their file needs.</summary>
public abstract class ExampleValues
{
    /// <summary>Values of each example.</summary>
    public abstract int Size { get; }

    /// <summary>Values of all examples.</summary>
    public abstract long Length { get; }

    /// <summary>Those of some examples, in that order.</summary>
    public abstract ExampleValues Select(ReadOnlySpan<int> indices);

    /// <summary>The same with other values for some examples that have one each.</summary>
    public abstract ExampleValues With(IReadOnlyDictionary<int, int> values);

    /// <summary>Writes those of one example as whole numbers; returns what is left to be written.</summary>
    public abstract Span<long> Write(int index, Span<long> values);
}

/// <summary>Numbers of one type: bytes where they do, which take a quarter of the memory of others.</summary>
/// <param name="values">Example after example.</param>
/// <param name="size">Values of each.</param>
internal sealed class ExampleValues<T>(T[] values, int size) : ExampleValues
    where T : unmanaged, INumber<T>
{
    public override int Size => size;

    public override long Length => values.Length;

    public T[] All => values;

    public ReadOnlySpan<T> Of(int first, int count = 1) => values.AsSpan(first * size, count * size);

    public override ExampleValues Select(ReadOnlySpan<int> indices)
    {
        var gathered = new T[indices.Length * size];
        for (var i = 0; i < indices.Length; i++)
            Of(indices[i]).CopyTo(gathered.AsSpan(i * size));
        return new ExampleValues<T>(gathered, size);
    }

    public override ExampleValues With(IReadOnlyDictionary<int, int> changed)
    {
        var copy = (T[])values.Clone();
        foreach (var (index, value) in changed)
            copy[index] = T.CreateChecked(value);
        return new ExampleValues<T>(copy, size);
    }

    public override Span<long> Write(int index, Span<long> to)
    {
        var from = Of(index);
        for (var i = 0; i < from.Length; i++)
            to[i] = long.CreateTruncating(from[i]);
        return to[from.Length..];
    }
}
