using System.Buffers;
using System.Net;
using Microsoft.Win32.SafeHandles;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>A file as the body of a request; memory use does not depend on its size.</summary>
internal sealed class FileContent(string path, long length, StallGuard guard) : HttpContent
{
    private const int BufferBytes = 1024 * 1024;

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await CopyAsync(handle, stream, buffer, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task CopyAsync(SafeFileHandle file, Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var offset = 0L;
        for (int read; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            guard.Moved();
        }
    }
}
