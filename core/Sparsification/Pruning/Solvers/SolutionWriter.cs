using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Writes a <see cref="SolutionFile"/>, each layer when it is solved; equal solutions give equal bytes.</summary>
internal sealed class SolutionWriter : IDisposable
{
    private static readonly Dictionary<string, string> Marker = CheckpointKinds.MarkerOf(CheckpointKind.Solution);
    private readonly StateDictWriter _file;
    private readonly HashSet<string> _open;

    /// <summary>Creates the file at its full length.</summary>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public SolutionWriter(string path, IReadOnlyList<PrunableTensor> tensors)
    {
        _open = [.. tensors.Select(t => t.Name)];
        _file = StateDictWriter.Create(path, [.. tensors.SelectMany(Tensors)], Marker);
    }

    public void Write(SolvedLayer layer)
    {
        Span<byte> moved = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(moved, layer.Moved);
        _file.WriteDoubles(layer.Mask.Name, 0, layer.Weights);
        _file.WriteBytes(layer.Mask.Name + SolutionFile.Kept, 0, MemoryMarshal.AsBytes(layer.Mask.Words));
        _file.WriteBytes(layer.Mask.Name + SolutionFile.Moved, 0, moved);
        _open.Remove(layer.Mask.Name);
    }

    /// <summary>Makes the file visible under its name when all layers were solved; false when some were not, and there is no file.</summary>
    public bool TryComplete()
    {
        if (_open.Count > 0)
            return false;
        _file.Complete();
        return true;
    }

    public void Dispose() => _file.Dispose();

    private static IEnumerable<TensorInfo> Tensors(PrunableTensor tensor) =>
    [
        new(tensor.Name, TensorType.F64, [.. tensor.Shape]),
        TensorInfo.Of(tensor.Name + SolutionFile.Kept, TensorType.I64, TensorMask.WordsFor(tensor.Total)),
        TensorInfo.Of(tensor.Name + SolutionFile.Moved, TensorType.F64, 1),
    ];
}
