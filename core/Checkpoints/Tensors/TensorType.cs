namespace SparsePipeline.Checkpoints;

/// <summary>Element types of the safetensors format that state dicts of neural networks use. Names are those of the format.</summary>
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
}
