namespace SparsePipeline.Learning.Data;

/// <summary>Data sets of the <c>data</c> axis.</summary>
public static class DataNames
{
    /// <summary>1,797 handwritten 8×8 digits, built in, with unseen writers as a natural shift: for demos and tests.</summary>
    public const string Digits = "digits";

    /// <summary>CIFAR-10, the six files of its binary version in a folder.</summary>
    public const string Cifar10 = "cifar10";

    /// <summary>CIFAR-100, the two files of its binary version in a folder.</summary>
    public const string Cifar100 = "cifar100";

    /// <summary>Rows of numbers with a label, as CSV.</summary>
    public const string Csv = "csv";

    /// <summary>Your own pictures, a folder for every class.</summary>
    public const string Folders = "folders";

    /// <summary>Images and labels as tensors of a safetensors file.</summary>
    public const string Tensors = "tensors";

    /// <summary>Letters and digits drawn from installed fonts, 62 classes, with script and display fonts as natural shifts.</summary>
    public const string Glyphs = "glyphs";

    /// <summary>The MNIST family as IDX files in a folder: MNIST, Fashion-MNIST, KMNIST, …</summary>
    public const string Idx = "idx";

    /// <summary>Your own text files, by character: for language models.</summary>
    public const string Text = "text";
}
