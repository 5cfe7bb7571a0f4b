using System.Buffers.Binary;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Statistics of layers in a safetensors file: per layer <c>NAME/count</c> (I64), <c>NAME/sums</c>, <c>NAME/squares</c> and perhaps <c>NAME/products</c> (F64);
/// of all layers perhaps <c>NAME/output-products</c> (F64, XᵀY), of parameters perhaps <c>NAME/gradients</c>, <c>NAME/gradient-squares</c> (F64) and <c>NAME/gradient-count</c> (I64);
/// of layers whose inputs are stored as they are also <c>NAME/rows</c> (F32) with <c>NAME/examples</c> (I64), and <c>NAME/test-rows</c> with <c>NAME/test-examples</c>.
/// </summary>
public sealed class StatisticsFile : ILayerStatisticsSource, IDisposable
{
    internal const string Count = "/count";
    internal const string Sums = "/sums";
    internal const string Squares = "/squares";
    internal const string Products = "/products";
    internal const string OutputProducts = "/output-products";
    internal const string GradientSums = "/gradients";
    internal const string GradientSquares = "/gradient-squares";
    internal const string GradientCount = "/gradient-count";
    private const string RowsName = "/rows";
    private const string ExamplesName = "/examples";
    private const string TestRowsName = "/test-rows";
    private const string TestExamplesName = "/test-examples";
    private readonly StateDict _file;

    private StatisticsFile(StateDict file) => _file = file;

    /// <summary>Opens a file; numbers are read when they are asked for.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MissingArtifact"/>, <see cref="FailureCodes.CorruptArtifact"/> or <see cref="FailureCodes.WrongKind"/>.</exception>
    public static StatisticsFile Open(string path)
    {
        var file = StateDict.Open(path);
        if (CheckpointKinds.Of(file) is not { Kind: not CheckpointKind.Statistics } found)
            return new StatisticsFile(file);
        file.Dispose();
        throw new DomainException(
            FailureCodes.WrongKind,
            $"{Path.GetFileName(path)} is not statistics of layer inputs but {KindRefusal.Title(found.Kind)}.",
            "Name what a step of kind 'collect' stored.");
    }

    /// <summary>Writes a file; equal statistics give equal bytes.</summary>
    public static void Write(string path, IReadOnlyList<LayerStatistics> layers)
    {
        using var writer = StatisticsWriter.Create(path, [.. layers.Select(l => new LayerPlan(l.Tensor, l.Inputs, l.Products is not null, Outputs: (l.OutputProducts?.Length ?? 0) / l.Inputs))]);
        foreach (var layer in layers)
            writer.Write(layer);
        writer.Complete();
    }

    /// <summary>Weights of all layers, in ordinal order of their names.</summary>
    public IReadOnlyList<string> Layers => [.. _file.Tensors.Select(t => t.Name).Where(n => n.EndsWith(Sums, StringComparison.Ordinal)).Select(n => n[..^Sums.Length])];

    /// <summary>Weights of the layers whose inputs are stored as they are, in ordinal order of their names.</summary>
    public IReadOnlyList<string> WithRows => [.. _file.Tensors.Select(t => t.Name).Where(n => n.EndsWith(RowsName, StringComparison.Ordinal)).Select(n => n[..^RowsName.Length])];

    /// <inheritdoc />
    public bool Has(string tensor) => _file.Find(tensor + Sums) is not null;

    /// <inheritdoc />
    public bool HasProducts(string tensor) => _file.Find(tensor + Products) is not null;

    /// <inheritdoc />
    public LayerStatistics? Find(string tensor, bool products) => Has(tensor)
        ? new LayerStatistics(
            tensor,
            BinaryPrimitives.ReadInt64LittleEndian(_file.Bytes(tensor + Count, 0, sizeof(long))),
            Numbers(tensor + Sums),
            Numbers(tensor + Squares),
            products && HasProducts(tensor) ? Numbers(tensor + Products) : null)
        {
            OutputProducts = products && _file.Find(tensor + OutputProducts) is not null ? Numbers(tensor + OutputProducts) : null,
        }
        : null;

    /// <summary>Parameters whose gradients are there, in ordinal order of their names.</summary>
    public IReadOnlyList<string> WithGradients =>
        [.. _file.Tensors.Select(t => t.Name).Where(n => n.EndsWith(GradientCount, StringComparison.Ordinal)).Select(n => n[..^GradientCount.Length])];

    /// <summary>The gradients of a parameter; null when they were not collected.</summary>
    public ParameterGradients? Gradients(string tensor) => GradientExamples(tensor) is not (> 0 and var examples) ? null : new ParameterGradients(
        tensor,
        examples,
        Numbers(tensor + GradientSums),
        Numbers(tensor + GradientSquares));

    /// <summary>Examples whose gradients of a parameter were summed; 0 where none were.</summary>
    public long GradientExamples(string tensor) => _file.Find(tensor + GradientCount) is null ? 0 : BinaryPrimitives.ReadInt64LittleEndian(_file.Bytes(tensor + GradientCount, 0, sizeof(long)));

    /// <summary>The sums of squared gradients of some weights of a parameter that has them.</summary>
    /// <param name="tensor">Name of the parameter.</param>
    /// <param name="start">Flat index of the first weight.</param>
    /// <param name="squares">Receives one per weight.</param>
    public void ReadGradientSquares(string tensor, long start, Span<double> squares) => _file.ReadDoubles(tensor + GradientSquares, start, squares);

    /// <summary>Inputs that are stored as they are, row after row; null when there are none of that layer.</summary>
    /// <param name="tensor">Name of the weights.</param>
    /// <param name="test">Whether those of the test split are meant.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: the file is not as it is written, or holds more than one array can.</exception>
    public LayerRows? Rows(string tensor, bool test)
    {
        if (_file.Find(RowsOf(tensor, test)) is not { } rows)
            return null;
        if (rows.Shape.Length != 2 || rows.Type != TensorType.F32 || rows.Count > Array.MaxLength || _file.Find(ExamplesOf(tensor, test)) is not { } examples
            || examples.Type != TensorType.I64 || examples.Count != rows.Shape[0])
            throw new DomainException(FailureCodes.CorruptArtifact, $"Statistics '{_file.Path}' have rows of '{tensor}' that nobody wrote so.", "Collect them again, with fewer rows.");
        var (numbers, numbersOf) = (new float[rows.Count], new int[examples.Count]);
        const int Piece = 1 << 20;
        for (var start = 0; start < numbers.Length; start += Piece)
            _file.ReadFloats(rows.Name, start, numbers.AsSpan(start, Math.Min(Piece, numbers.Length - start)));
        for (var i = 0; i < numbersOf.Length; i++)
            numbersOf[i] = checked((int)BinaryPrimitives.ReadInt64LittleEndian(_file.Bytes(examples.Name, (long)i * sizeof(long), sizeof(long))));
        return new LayerRows(tensor, checked((int)rows.Shape[1]), numbers, numbersOf);
    }

    internal static string RowsOf(string tensor, bool test) => tensor + (test ? TestRowsName : RowsName);

    internal static string ExamplesOf(string tensor, bool test) => tensor + (test ? TestExamplesName : ExamplesName);

    public void Dispose() => _file.Dispose();

    private double[] Numbers(string name)
    {
        var numbers = new double[_file.Find(name)!.Count];
        _file.ReadDoubles(name, 0, numbers);
        return numbers;
    }
}
