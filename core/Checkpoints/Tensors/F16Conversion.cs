using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Checkpoints;

/// <summary>IEEE 754 binary16 by integer arithmetic on eight lanes, as the base library has no vector conversion for it.</summary>
/// <remarks>The method is F. Giesen's "half to float" and "float to half, round to nearest even" (public domain, 2012).</remarks>
internal static class F16Conversion
{
    private const uint SignOfFloat = 0x8000_0000;
    private const uint InfinityOfFloat = 0x7F80_0000;

    /// <summary>Exact.</summary>
    public static void ToFloats(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        var i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(source[i..]));
            ToFloat(low).CopyTo(destination[i..]);
            ToFloat(high).CopyTo(destination[(i + Vector256<float>.Count)..]);
        }

        for (; i < source.Length; i++)
            destination[i] = ToFloat(Vector256.CreateScalar((uint)source[i])).ToScalar();
    }

    /// <summary>Rounds to nearest, ties to even; beyond 65,519 is infinity; a NaN becomes quiet.</summary>
    public static void FromFloats(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        var bits = MemoryMarshal.Cast<float, uint>(source);
        var i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            Vector256.Narrow(ToHalf(Vector256.Create(bits[i..])), ToHalf(Vector256.Create(bits[(i + Vector256<uint>.Count)..])))
                .CopyTo(destination[i..]);
        for (; i < source.Length; i++)
            destination[i] = (ushort)ToHalf(Vector256.CreateScalar(bits[i])).ToScalar();
    }

    private static Vector256<float> ToFloat(Vector256<uint> half)
    {
        // Shifted into place the exponent is too small by 127 − 15 = 112; one exact multiplication repairs it, subnormals included.
        var magnitude = half & Vector256.Create(0x7FFFu);
        var scaled = ((magnitude << 13).AsSingle() * BitConverter.UInt32BitsToSingle((127 + 112) << 23)).AsUInt32();
        var special = Vector256.GreaterThan(magnitude, Vector256.Create(0x7BFFu)) & Vector256.Create(InfinityOfFloat);
        return (scaled | special | ((half & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }

    private static Vector256<uint> ToHalf(Vector256<uint> bits)
    {
        var sign = bits & Vector256.Create(SignOfFloat);
        var magnitude = bits ^ sign;
        var half = Vector256.ConditionalSelect(
            Vector256.LessThan(magnitude, Vector256.Create(0x3880_0000u)), Subnormal(magnitude),
            Vector256.ConditionalSelect(
                Vector256.LessThan(magnitude, Vector256.Create(0x4780_0000u)), Normal(magnitude), Special(magnitude)));
        return half | sign >> 16;
    }

    // 0.5's last fraction bit weighs as much as the smallest binary16, so the float addition itself rounds to it.
    private static Vector256<uint> Subnormal(Vector256<uint> magnitude) =>
        (magnitude.AsSingle() + Vector256.Create(0.5f)).AsUInt32() - Vector256.Create(0x3F00_0000u);

    // Adding half a unit less one, and one more when the kept part is odd, carries exactly when it has to be rounded up.
    private static Vector256<uint> Normal(Vector256<uint> magnitude) =>
        (magnitude - Vector256.Create(112u << 23) + Vector256.Create(0xFFFu) + ((magnitude >> 13) & Vector256<uint>.One)) >> 13;

    private static Vector256<uint> Special(Vector256<uint> magnitude)
    {
        var quiet = Vector256.Create(0x7E00u) | ((magnitude >> 13) & Vector256.Create(0x3FFu));
        return Vector256.ConditionalSelect(
            Vector256.GreaterThan(magnitude, Vector256.Create(InfinityOfFloat)), quiet, Vector256.Create(0x7C00u));
    }
}
