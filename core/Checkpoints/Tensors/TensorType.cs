namespace SparsePipeline.Checkpoints;

/// <summary>
/// Element types of the safetensors format, under the format's names. Numbers are computed with F32, F16, BF16 and F64 only; everything else is
/// carried bit by bit.
/// </summary>
public enum TensorType
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16: 5 exponent bits, largest finite value 65,504.</summary>
    F16,

    /// <summary>The upper half of a binary32: 8 exponent bits, 7 fraction bits.</summary>
    BF16,

    /// <summary>IEEE 754 binary64.</summary>
    F64,

    I64,
    I32,
    I16,
    I8,
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    U16,
    U32,
    U64,

    /// <summary>Two binary32: real and imaginary part.</summary>
    C64,

    /// <summary>One byte: 4 exponent and 3 fraction bits, no infinity (OCP FP8, 2023).</summary>
    F8E4M3,

    /// <summary>One byte: 5 exponent and 2 fraction bits (OCP FP8, 2023).</summary>
    F8E5M2,

    /// <summary>One byte: a power of two as scale of a block; it has no zero (OCP MX, 2023).</summary>
    F8E8M0,

    /// <summary>As <see cref="F8E4M3"/> with one zero and another bias.</summary>
    F8E4M3Fnuz,

    /// <summary>As <see cref="F8E5M2"/> with one zero and another bias.</summary>
    F8E5M2Fnuz,

    /// <summary>Six bits: 2 exponent and 3 fraction bits; four elements are three bytes.</summary>
    F6E2M3,

    /// <summary>Six bits: 3 exponent and 2 fraction bits; four elements are three bytes.</summary>
    F6E3M2,

    /// <summary>Four bits: 2 exponent and 1 fraction bit; two elements are one byte.</summary>
    F4,

    /// <summary>A type that has come since: its tensors have a name for it and a length in bytes, and are carried as they are.</summary>
    Unknown,
}
