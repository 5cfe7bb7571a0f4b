namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Names of the registered structures.</summary>
public static class StructureNames
{
    /// <summary>Every weight by itself. Use for the best accuracy at a given sparsity.</summary>
    public const string Unstructured = "unstructured";

    /// <summary>Two of every four weights (2:4). Use for accelerators that multiply that pattern at twice the speed.</summary>
    public const string TwoOfFour = "2-of-4";

    /// <summary>Four of every eight weights (4:8). Use to see what the finer choice within 2:4's density is worth.</summary>
    public const string FourOfEight = "4-of-8";

    /// <summary>One of every four weights (1:4). Use where half the weights are too many.</summary>
    public const string OneOfFour = "1-of-4";

    /// <summary>Four weights of a row that lie side by side. Use for vector units; the finest of the blocks.</summary>
    public const string Block1By4 = "block-1x4";

    /// <summary>Sixteen weights of a row that lie side by side. Use for wide vector units.</summary>
    public const string Block1By16 = "block-1x16";

    /// <summary>Squares of sixteen weights. Use for kernels that multiply small blocks.</summary>
    public const string Block4By4 = "block-4x4";

    /// <summary>Output neurons and filters. Use to make a network narrower, so that any library is faster with it.</summary>
    public const string Row = "row";

    /// <summary>Inputs of linear layers and input channels of convolutions. Use to see which inputs a layer can do without.</summary>
    public const string Channel = "channel";
}
