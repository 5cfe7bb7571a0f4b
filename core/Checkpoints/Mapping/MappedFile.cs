using System.IO.MemoryMappedFiles;

namespace SparsePipeline.Checkpoints;

/// <summary>One mapped file. Spans point straight into the page cache and must not outlive the mapping.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private MappedFile(FileStream stream, MemoryMappedFileAccess access)
    {
        Length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(stream, mapName: null, 0, access, HandleInheritability.None, leaveOpen: false);
        try
        {
            _view = _file.CreateViewAccessor(0, Length, access);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }
        catch
        {
            _view?.Dispose();
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Length of the file when it was mapped.</summary>
    public long Length { get; }

    public static MappedFile OpenRead(string path) => Map(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0), MemoryMappedFileAccess.Read);

    /// <summary>Creates a file of the given length with its disk blocks reserved, so that a full disk is an exception here and not a signal later.</summary>
    public static MappedFile Create(string path, long length)
    {
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            PreallocationSize = length,
        });
        stream.SetLength(length);
        return Map(stream, MemoryMappedFileAccess.ReadWrite);
    }

    public Span<byte> Span(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new ArgumentOutOfRangeException(nameof(offset), $"{length} bytes at {offset} reach beyond the {Length} bytes mapped.");
        return new Span<byte>(_start + offset, length);
    }

    /// <summary>Takes the pages out of this process's memory; they stay in the page cache and come back when touched.</summary>
    public void Release(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        MemoryAdvice.DontNeed(_start + offset, length);
    }

    public void Flush() => _view.Flush();

    public void Dispose()
    {
        if (_start is null)
            return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static MappedFile Map(FileStream stream, MemoryMappedFileAccess access)
    {
        try
        {
            return new MappedFile(stream, access);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
