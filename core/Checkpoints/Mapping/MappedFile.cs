using Microsoft.Win32.SafeHandles;

namespace SparsePipeline.Checkpoints;

/// <summary>One mapped file. Spans point straight into the page cache and must not outlive the mapping.</summary>
/// <remarks>
/// Reading in place saves the copy into a buffer. For writing a new file it is the other way round: the first touch
/// of a page costs several times what copying it does, so <see cref="Write"/> goes through write(2).
/// </remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly MappingHandle _mapping;

    private MappedFile(SafeFileHandle file, long length, bool writable)
    {
        _file = file;
        Length = length;
        _mapping = MappingHandle.Map(file, length, writable);
    }

    /// <summary>Length of the file when it was mapped.</summary>
    public long Length { get; }

    /// <summary>Maps an existing file that is not empty.</summary>
    public static MappedFile OpenRead(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return new MappedFile(file, RandomAccess.GetLength(file), writable: false);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Creates a file of that length with its disk space reserved, so that a full disk is an exception here and not a signal later.
    /// </summary>
    public static MappedFile Create(string path, long length)
    {
        var file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.None, length);
        try
        {
            RandomAccess.SetLength(file, length);
            return new MappedFile(file, length, writable: true);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Writes a range; spans show it at once, since both see the same page cache.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_mapping.IsClosed, this);
        RandomAccess.Write(_file, bytes, offset);
    }

    /// <summary>A range of the file, in place.</summary>
    public Span<byte> Span(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_mapping.IsClosed, this);
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new ArgumentOutOfRangeException(nameof(offset), $"{length} bytes at {offset} reach beyond the {Length} bytes mapped.");
        return new Span<byte>((byte*)_mapping.Start + offset, length);
    }

    /// <summary>Takes the pages out of this process's memory; they stay in the page cache and come back when touched.</summary>
    public void Release(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(_mapping.IsClosed, this);
        _mapping.Release(offset, length);
    }

    /// <summary>Waits until all bytes are on the disk.</summary>
    public void FlushToDisk() => RandomAccess.FlushToDisk(_file);

    public void Dispose()
    {
        _mapping.Dispose();
        _file.Dispose();
    }
}
