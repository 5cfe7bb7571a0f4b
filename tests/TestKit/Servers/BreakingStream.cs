namespace SparsePipeline.TestKit.Servers;

/// <summary>Zeros, and then an error.</summary>
internal sealed class BreakingStream(long breaksAt) : Stream
{
    public bool IsBroken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (Position >= breaksAt)
        {
            IsBroken = true;
            throw new IOException("The stream breaks here.");
        }
        Array.Clear(buffer, offset, count);
        Position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
