using System.Collections.Immutable;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Name, element type and shape of a tensor. Two are equal when all three are, dimension by dimension; of an unknown type also its name and
/// the length in bytes.
/// </summary>
/// <param name="Name">Name in the state dict, for example <c>conv1.weight</c>.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first, each ≥ 0; empty for a scalar. Their product is checked when a file is opened or
/// created.</param>
public sealed record TensorInfo(string Name, TensorType Type, ImmutableArray<long> Shape)
{
    /// <summary>A tensor from its dimensions.</summary>
    public static TensorInfo Of(string name, TensorType type, params ReadOnlySpan<long> shape) => new(name, type, [.. shape]);

    /// <summary>A tensor of a type that nobody here knows, as its file declares it.</summary>
    public static TensorInfo OfUnknown(string name, string typeName, ImmutableArray<long> shape, long byteLength) =>
        new(name, TensorType.Unknown, shape) { DeclaredType = typeName, DeclaredLength = byteLength };

    /// <summary>The element type as the file spells it.</summary>
    public string TypeName => DeclaredType ?? Type.HeaderName();

    /// <summary>Number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public long Count { get; } = TensorShape.Count(Shape.AsSpan());

    /// <summary>Name and bytes of an unknown type, which only the file can tell.</summary>
    private string? DeclaredType { get; init; }

    private long? DeclaredLength { get; init; }

    /// <summary>Bytes of all elements.</summary>
    public long ByteLength => DeclaredLength ?? (Type.HasWholeBytes() ? Count * Type.ByteSize() : ((Count * Type.BitSize()) + 7) / 8);

    /// <summary>
    /// What a tensor is walked by when it is only carried: its elements where numbers are computed with them, else its bytes, since elements of
    /// some types share bytes.
    /// </summary>
    public long Units => IsFloat ? Count : ByteLength;

    /// <summary>Whether the elements are floating-point numbers that are computed with.</summary>
    public bool IsFloat => Type.IsFloat();

    public bool Equals(TensorInfo? other) =>
        other is not null && Name == other.Name && TypeName == other.TypeName && ByteLength == other.ByteLength
        && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Name, Type, Shape.Length, Count);

    public override string ToString() => $"{Name} {TypeName} {TensorShape.Text(Shape.AsSpan())}";
}
