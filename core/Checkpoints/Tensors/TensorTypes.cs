namespace SparsePipeline.Checkpoints;

/// <summary>What a <see cref="TensorType"/> is in bytes and in the file's words.</summary>
public static class TensorTypes
{
    private static readonly string[] Names = ["F32", "F16", "BF16", "F64", "I64", "I32", "I16", "I8", "U8", "BOOL"];

    /// <summary>The names this version reads, for messages.</summary>
    public static string Known => string.Join(", ", Names);

    /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
    public static int ByteSize(this TensorType type) => type switch
    {
        TensorType.F64 or TensorType.I64 => 8,
        TensorType.F32 or TensorType.I32 => 4,
        TensorType.F16 or TensorType.BF16 or TensorType.I16 => 2,
        _ => 1,
    };

    /// <summary>Whether the elements are floating-point numbers.</summary>
    public static bool IsFloat(this TensorType type) => type is TensorType.F32 or TensorType.F16 or TensorType.BF16 or TensorType.F64;

    /// <summary>The dtype as the safetensors header spells it.</summary>
    public static string HeaderName(this TensorType type) => Names[(int)type];

    internal static bool TryParse(string? headerName, out TensorType type)
    {
        var index = Array.IndexOf(Names, headerName);
        type = (TensorType)Math.Max(index, 0);
        return index >= 0;
    }
}
