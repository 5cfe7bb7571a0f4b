namespace SparsePipeline.Checkpoints;

/// <summary>One file that is being written: mapped at full length under a temporary name until it is complete.</summary>
internal sealed class UnfinishedFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private MappedFile? _map;

    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public UnfinishedFile(string path, IReadOnlyList<TensorInfo> ordered, byte[] header)
    {
        _path = path;
        _temporary = TemporaryName.Beside(path);
        Tensors = [.. Placed(ordered, header.Length)];
        _map = MappedFile.Create(_temporary, header.Length + ordered.Sum(t => t.ByteLength));
        header.CopyTo(_map.Span(0, header.Length));
    }

    /// <summary>In the order of their data.</summary>
    public IReadOnlyList<PlacedTensor> Tensors { get; }

    public MappedFile Map => _map ?? throw new ObjectDisposedException(nameof(StateDictWriter));

    /// <summary>Renames the file, which has been flushed, into place, and closes it.</summary>
    public void Rename()
    {
        File.Move(_temporary, _path, overwrite: true);
        Close();
    }

    /// <summary>Removes the file unless it has been renamed.</summary>
    public void Dispose()
    {
        if (_map is null)
            return;
        Close();
        File.Delete(_temporary);
    }

    private void Close()
    {
        _map?.Dispose();
        _map = null;
    }

    private static IEnumerable<PlacedTensor> Placed(IReadOnlyList<TensorInfo> ordered, long offset)
    {
        foreach (var tensor in ordered)
        {
            yield return new PlacedTensor(tensor, offset);
            offset += tensor.ByteLength;
        }
    }
}
