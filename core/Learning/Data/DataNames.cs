namespace SparsePipeline.Learning.Data;

/// <summary>Data sets of the <c>data</c> axis.</summary>
public static class DataNames
{
    /// <summary>1,797 handwritten 8×8 digits, built in, with unseen writers as a natural shift: for demos and tests.</summary>
    public const string Digits = "digits";

    /// <summary>The MNIST family as IDX files in a folder: MNIST, Fashion-MNIST, KMNIST, …</summary>
    public const string Idx = "idx";
}
