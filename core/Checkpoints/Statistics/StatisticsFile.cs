using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Statistics of layers in a safetensors file: per layer <c>NAME/count</c> (I64), <c>NAME/sums</c>, <c>NAME/squares</c> and perhaps <c>NAME/products</c> (F64).</summary>
public sealed class StatisticsFile : IDisposable
{
    private const string Count = "/count";
    private const string Sums = "/sums";
    private const string Squares = "/squares";
    private const string Products = "/products";
    private static readonly Dictionary<string, string> Marker = new(StringComparer.Ordinal) { [FileKind.Key] = FileKind.Statistics };
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
        using var writer = StateDictWriter.Create(path, [.. layers.SelectMany(Tensors)], Marker);
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (var layer in layers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(count, layer.Count);
            writer.WriteBytes(layer.Tensor + Count, 0, count);
            writer.WriteBytes(layer.Tensor + Sums, 0, MemoryMarshal.AsBytes<double>(layer.Sums));
            writer.WriteBytes(layer.Tensor + Squares, 0, MemoryMarshal.AsBytes<double>(layer.Squares));
            if (layer.Products is { } products)
                writer.WriteBytes(layer.Tensor + Products, 0, MemoryMarshal.AsBytes<double>(products));
        }

        writer.Complete();
    }

    /// <summary>Whether there are statistics of the layer with these weights.</summary>
    public bool Has(string tensor) => _file.Find(tensor + Sums) is not null;

    /// <summary>Whether XᵀX of that layer is there.</summary>
    public bool HasProducts(string tensor) => _file.Find(tensor + Products) is not null;

    /// <summary>The statistics of the layer with these weights, or null.</summary>
    /// <param name="tensor">Name of the weights.</param>
    /// <param name="products">Whether XᵀX is read too, where it is there.</param>
    public LayerStatistics? Find(string tensor, bool products) => Has(tensor)
        ? new LayerStatistics(
            tensor,
            BinaryPrimitives.ReadInt64LittleEndian(_file.Bytes(tensor + Count, 0, sizeof(long))),
            Numbers(tensor + Sums),
            Numbers(tensor + Squares),
            products && HasProducts(tensor) ? Numbers(tensor + Products) : null)
        : null;

    public void Dispose() => _file.Dispose();

    private static IEnumerable<TensorInfo> Tensors(LayerStatistics layer)
    {
        yield return TensorInfo.Of(layer.Tensor + Count, TensorType.I64, 1);
        yield return TensorInfo.Of(layer.Tensor + Sums, TensorType.F64, layer.Inputs);
        yield return TensorInfo.Of(layer.Tensor + Squares, TensorType.F64, layer.Inputs);
        if (layer.Products is not null)
            yield return TensorInfo.Of(layer.Tensor + Products, TensorType.F64, layer.Inputs, layer.Inputs);
    }

    private double[] Numbers(string name)
    {
        var numbers = new double[_file.Find(name)!.Count];
        _file.ReadDoubles(name, 0, numbers);
        return numbers;
    }
}
