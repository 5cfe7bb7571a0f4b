using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Numbers for tensor operations that are never finalised: one an operation makes for itself may be, while it is read.</summary>
internal static class KeptScalars
{
    public static Scalar Zero { get; } = 0.0.ToScalar();

    public static Scalar One { get; } = 1.0.ToScalar();

    public static Scalar Two { get; } = 2.0.ToScalar();

    public static Scalar MinusOne { get; } = (-1.0).ToScalar();

    /// <summary>1 for tensors of integers.</summary>
    public static Scalar OneMore { get; } = 1L.ToScalar();
}
