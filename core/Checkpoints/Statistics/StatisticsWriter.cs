using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Writes a file of statistics: rows go to disk as they come, sums when they are known. Equal statistics give equal bytes.</summary>
public sealed class StatisticsWriter : IDisposable
{
    private static readonly Dictionary<string, string> Marker = new(StringComparer.Ordinal) { [FileKind.Key] = FileKind.Statistics };
    private readonly StateDictWriter _file;

    private StatisticsWriter(StateDictWriter file) => _file = file;

    /// <summary>Creates the file at its full length.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public static StatisticsWriter Create(string path, IReadOnlyList<LayerPlan> layers, IReadOnlyList<ParameterGradients>? gradients = null)
    {
        var writer = new StatisticsWriter(StateDictWriter.Create(path, [.. layers.SelectMany(Tensors), .. (gradients ?? []).SelectMany(Tensors)], Marker));
        foreach (var parameter in gradients ?? [])
            writer.Write(parameter);
        return writer;
    }

    /// <summary>Writes the sums of one layer.</summary>
    public void Write(LayerStatistics layer)
    {
        Span<byte> count = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(count, layer.Count);
        _file.WriteBytes(layer.Tensor + StatisticsFile.Count, 0, count);
        _file.WriteBytes(layer.Tensor + StatisticsFile.Sums, 0, MemoryMarshal.AsBytes<double>(layer.Sums));
        _file.WriteBytes(layer.Tensor + StatisticsFile.Squares, 0, MemoryMarshal.AsBytes<double>(layer.Squares));
        if (layer.Products is { } products)
            _file.WriteBytes(layer.Tensor + StatisticsFile.Products, 0, MemoryMarshal.AsBytes<double>(products));
        if (layer.OutputProducts is { } outputs)
            _file.WriteBytes(layer.Tensor + StatisticsFile.OutputProducts, 0, MemoryMarshal.AsBytes<double>(outputs));
    }

    private void Write(ParameterGradients gradients)
    {
        Span<byte> count = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(count, gradients.Count);
        _file.WriteBytes(gradients.Tensor + StatisticsFile.GradientCount, 0, count);
        _file.WriteBytes(gradients.Tensor + StatisticsFile.GradientSums, 0, MemoryMarshal.AsBytes<double>(gradients.Sums));
        _file.WriteBytes(gradients.Tensor + StatisticsFile.GradientSquares, 0, MemoryMarshal.AsBytes<double>(gradients.Squares));
    }

    /// <summary>Writes one row of what came into a layer.</summary>
    /// <param name="tensor">Name of the layer's weights.</param>
    /// <param name="test">Whether it is of an example of the test split.</param>
    /// <param name="index">Number of the row, from 0.</param>
    /// <param name="row">As many numbers as the layer has inputs.</param>
    /// <param name="example">Number of its example.</param>
    public void WriteRow(string tensor, bool test, int index, ReadOnlySpan<float> row, int example)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, example);
        _file.WriteBytes(StatisticsFile.RowsOf(tensor, test), (long)index * row.Length * sizeof(float), MemoryMarshal.AsBytes(row));
        _file.WriteBytes(StatisticsFile.ExamplesOf(tensor, test), (long)index * sizeof(long), number);
    }

    /// <summary>Makes the file visible under its name. Closes the writer.</summary>
    public void Complete() => _file.Complete();

    public void Dispose() => _file.Dispose();

    private static IEnumerable<TensorInfo> Tensors(ParameterGradients gradients) =>
    [
        TensorInfo.Of(gradients.Tensor + StatisticsFile.GradientCount, TensorType.I64, 1),
        TensorInfo.Of(gradients.Tensor + StatisticsFile.GradientSums, TensorType.F64, gradients.Sums.Length),
        TensorInfo.Of(gradients.Tensor + StatisticsFile.GradientSquares, TensorType.F64, gradients.Squares.Length),
    ];

    private static IEnumerable<TensorInfo> Tensors(LayerPlan layer)
    {
        yield return TensorInfo.Of(layer.Tensor + StatisticsFile.Count, TensorType.I64, 1);
        yield return TensorInfo.Of(layer.Tensor + StatisticsFile.Sums, TensorType.F64, layer.Inputs);
        yield return TensorInfo.Of(layer.Tensor + StatisticsFile.Squares, TensorType.F64, layer.Inputs);
        if (layer.Products)
            yield return TensorInfo.Of(layer.Tensor + StatisticsFile.Products, TensorType.F64, layer.Inputs, layer.Inputs);
        if (layer.Outputs > 0)
            yield return TensorInfo.Of(layer.Tensor + StatisticsFile.OutputProducts, TensorType.F64, layer.Inputs, layer.Outputs);
        foreach (var (test, rows) in new[] { (false, layer.Rows), (true, layer.TestRows) }.Where(r => r.Item2 > 0))
        {
            yield return TensorInfo.Of(StatisticsFile.RowsOf(layer.Tensor, test), TensorType.F32, rows, layer.Inputs);
            yield return TensorInfo.Of(StatisticsFile.ExamplesOf(layer.Tensor, test), TensorType.I64, rows);
        }
    }
}
