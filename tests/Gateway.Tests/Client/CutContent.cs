using System.Net;

namespace SparsePipeline.Gateway.Tests.Client;

/// <summary>The beginning of a body, after which the connection is gone.</summary>
internal sealed class CutContent(byte[] beginning) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(beginning);
        throw new IOException("cut on purpose");
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new CutStream(beginning));

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private sealed class CutStream(byte[] beginning) : MemoryStream(beginning, writable: false)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("cut on purpose");
    }
}
