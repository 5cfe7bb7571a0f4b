namespace SparsePipeline.Checkpoints;

/// <summary>What a <see cref="TensorType"/> is in bits and in the file's words.</summary>
public static class TensorTypes
{
    private const int LongestName = 32;

    private static readonly string[] Names =
    [
        "F32", "F16", "BF16", "F64", "I64", "I32", "I16", "I8", "U8", "BOOL", "U16", "U32", "U64", "C64",
        "F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "F6_E2M3", "F6_E3M2", "F4",
    ];

    /// <summary>Bits of one element: 4, 6, 8, 16, 32 or 64; 0 for <see cref="TensorType.Unknown"/>.</summary>
    public static int BitSize(this TensorType type) => type switch
    {
        TensorType.F64 or TensorType.I64 or TensorType.U64 or TensorType.C64 => 64,
        TensorType.F32 or TensorType.I32 or TensorType.U32 => 32,
        TensorType.F16 or TensorType.BF16 or TensorType.I16 or TensorType.U16 => 16,
        TensorType.F6E2M3 or TensorType.F6E3M2 => 6,
        TensorType.F4 => 4,
        TensorType.Unknown => 0,
        _ => 8,
    };

    /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
    /// <exception cref="ArgumentException">Elements of this type are no whole bytes, or of unknown length: walk such tensors by bytes.</exception>
    public static int ByteSize(this TensorType type) => type.HasWholeBytes()
        ? type.BitSize() / 8
        : throw new ArgumentException($"Elements of {type.HeaderName()} are no whole bytes.", nameof(type));

    /// <summary>Whether an element is one or more whole bytes.</summary>
    public static bool HasWholeBytes(this TensorType type) => type.BitSize() >= 8;

    /// <summary>Whether the elements are floating-point numbers that are computed with.</summary>
    public static bool IsFloat(this TensorType type) => type is TensorType.F32 or TensorType.F16 or TensorType.BF16 or TensorType.F64;

    /// <summary>Whether the elements are whole numbers or truth values: none of them is NaN or infinite.</summary>
    public static bool IsInteger(this TensorType type) => type is TensorType.I64 or TensorType.I32 or TensorType.I16 or TensorType.I8
        or TensorType.U64 or TensorType.U32 or TensorType.U16 or TensorType.U8 or TensorType.Bool;

    /// <summary>The dtype as the safetensors header spells it; of an unknown one only its tensors know the name.</summary>
    public static string HeaderName(this TensorType type) => type == TensorType.Unknown ? "an unknown type" : Names[(int)type];

    /// <summary>As <see cref="IsFloat"/>, of a type by its name in the file.</summary>
    public static bool IsComputedWith(string headerName) => TryParse(headerName, out var type) && type.IsFloat();

    internal static bool TryParse(string? headerName, out TensorType type)
    {
        var index = Array.IndexOf(Names, headerName);
        type = index >= 0 ? (TensorType)index : TensorType.Unknown;
        return index >= 0;
    }

    /// <summary>Whether a type that nobody here knows could be one: a short word.</summary>
    internal static bool CouldBe(string headerName) =>
        headerName.Length is > 0 and <= LongestName && headerName.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
