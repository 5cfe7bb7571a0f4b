using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Digits;

/// <summary>
/// The built-in handwritten digits: 1,797 examples of 1×8×8 values 0–16, 10 classes, by 14 groups of writers.
/// </summary>
/// <remarks>
/// UCI "Optical Recognition of Handwritten Digits" (Alpaydin, Kaynak 1998), test part, as packaged by scikit-learn.
/// Writer blocks 0, 3, 4 and 12 become the shift <c>writers</c>: the four hardest, on purpose. A fifth of the rest is the
/// test split; its seed is fixed so that runs with different split seeds are measured on the same examples.
/// </remarks>
internal sealed class DigitsDataSet : IDataSet
{
    public const string Name = "digits";

    private const string Writers = "writers";
    private const int Classes = 10;
    private const double TestShare = 0.2;
    private const long TestSeed = 0;

    private static readonly int[] BlockStarts = [0, 130, 256, 386, 516, 646, 776, 902, 1029, 1157, 1287, 1415, 1545, 1667];
    private static readonly int[] ShiftedBlocks = [0, 3, 4, 12];

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Handwritten digits, 8×8",
        UseWhen = "Use it for demos and tests: built in, real, trained in seconds, with unseen writers as a natural shift.",
        Attributes = [Writers],
        Paper = "Alpaydin, Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998",
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => [DigitsFile.Open()];

    public RawData Read(DataSpec spec)
    {
        var all = DigitsFile.Read();
        var shifted = new List<int>();
        var rest = new List<int>();
        for (var i = 0; i < all.Count; i++)
            (ShiftedBlocks.Contains(Block(i)) ? shifted : rest).Add(i);
        var order = rest.ToArray();
        new SeededRandom(SeedDerivation.Derive(TestSeed, "digits-test-split")).Shuffle<int>(order);
        var test = (int)Math.Round(order.Length * TestShare);
        return new RawData(Classes, Training: all.Select(order.AsSpan(test)), Test: all.Select(order.AsSpan(0, test)))
        {
            Attributes = new Dictionary<string, ExampleAttribute>(StringComparer.Ordinal) { [Writers] = WritersOf(order[test..]) },
            Shifts = new Dictionary<string, Examples> { [Writers] = all.Select(shifted.ToArray()) },
        };
    }

    /// <summary>Blocks of writers by their numbers, those that are trained on.</summary>
    private static ExampleAttribute WritersOf(int[] rows)
    {
        int[] blocks = [.. Enumerable.Range(0, BlockStarts.Length).Except(ShiftedBlocks)];
        return new([.. blocks.Select(b => b.ToString())], Array.ConvertAll(rows, row => Array.IndexOf(blocks, Block(row))));
    }

    /// <summary>Group of writers a row belongs to, 0 to 13.</summary>
    internal static int Block(int row) => Array.FindLastIndex(BlockStarts, start => start <= row);
}
