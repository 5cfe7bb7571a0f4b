namespace SparsePipeline.Chaos.Store;

/// <summary>A stream that asks before it hands out what it read: the meter may wait, or throw to break off.</summary>
/// <param name="inner">Source.</param>
/// <param name="meter">Gets the number of bytes handed out so far, these included.</param>
internal sealed class MeteredStream(Stream inner, Func<long, CancellationToken, Task> meter) : Stream
{
    private const int ChunkBytes = 16 * 1024;
    private long _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, ChunkBytes)], cancellationToken);
        _bytes += read;
        if (read > 0)
            await meter(_bytes, cancellationToken);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
