using System.Collections.Immutable;

namespace SparsePipeline.Checkpoints;

/// <summary>Name, element type and shape of a tensor. Two are equal when all three are, dimension by dimension.</summary>
/// <param name="Name">Name in the state dict, for example <c>conv1.weight</c>.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first, each ≥ 0; empty for a scalar. Their product is checked when a file is opened or
/// created.</param>
public sealed record TensorInfo(string Name, TensorType Type, ImmutableArray<long> Shape)
{
    /// <summary>A tensor from its dimensions.</summary>
    public static TensorInfo Of(string name, TensorType type, params ReadOnlySpan<long> shape) => new(name, type, [.. shape]);

    /// <summary>The element type as the file spells it.</summary>
    public string TypeName => Type.HeaderName();

    /// <summary>Number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public long Count { get; } = TensorShape.Count(Shape.AsSpan());

    /// <summary>Bytes of all elements.</summary>
    public long ByteLength => Count * Type.ByteSize();

    /// <summary>Whether the elements are floating-point numbers.</summary>
    public bool IsFloat => Type.IsFloat();

    public bool Equals(TensorInfo? other) =>
        other is not null && Name == other.Name && Type == other.Type && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Name, Type, Shape.Length, Count);

    public override string ToString() => $"{Name} {Type.HeaderName()} {TensorShape.Text(Shape.AsSpan())}";
}
