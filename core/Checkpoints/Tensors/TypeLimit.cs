using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Which numbers a floating-point type can hold: a finite number must not become infinite by being written in a narrower one.</summary>
internal static class TypeLimit
{
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/> naming tensor, flat index and value.</exception>
    public static void Check(TensorInfo tensor, long start, ReadOnlySpan<double> values)
    {
        var largest = Math.BitDecrement(Of(tensor.Type));
        if (values.IndexOfAnyExceptInRange(-largest, largest) < 0)
            return;
        for (var i = 0; i < values.Length; i++)
            if (double.IsFinite(values[i]) && Math.Abs(values[i]) > largest)
                throw new DomainException(
                    FailureCodes.NotFinite,
                    FormattableString.Invariant($"Tensor '{tensor.Name}' would hold {values[i]} at flat index {start + i}, more than {tensor.Type.HeaderName()} can."),
                    "Use a wider type (BF16 reaches as far as F32, and F64 further), or scale the weights.");
    }

    // The first number that rounding to nearest, ties to even, makes infinite: half a unit beyond the largest finite one.
    private static double Of(TensorType type) => type switch
    {
        TensorType.F16 => 65520,
        TensorType.BF16 => BitConverter.UInt32BitsToSingle(0x7F7F_8000),
        TensorType.F32 => (double)float.MaxValue + Math.ScaleB(1, 103),
        _ => double.PositiveInfinity,
    };
}
