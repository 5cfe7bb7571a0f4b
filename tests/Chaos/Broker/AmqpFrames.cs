using System.Buffers.Binary;

namespace SparsePipeline.Chaos.Broker;

/// <summary>Cuts what one side sends into the protocol header, which only clients send, and frames.</summary>
internal sealed class AmqpFrames(Stream client)
{
    private const int PrefixBytes = 7; // type, channel, size
    private const byte ProtocolHeader = (byte)'A';
    private byte[] _buffer = new byte[128 * 1024];

    /// <summary>The next piece as it was sent, valid until the next call; empty at the end.</summary>
    public async Task<Memory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        if (await client.ReadAtLeastAsync(_buffer.AsMemory(0, PrefixBytes), PrefixBytes, throwOnEndOfStream: false, cancellationToken) < PrefixBytes)
            return Memory<byte>.Empty;
        // The protocol header is eight bytes and comes once; the last byte of a frame is its end mark.
        var rest = _buffer[0] == ProtocolHeader ? 1 : BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(3)) + 1;
        if (PrefixBytes + rest > _buffer.Length)
            Array.Resize(ref _buffer, PrefixBytes + rest);
        await client.ReadExactlyAsync(_buffer.AsMemory(PrefixBytes, rest), cancellationToken);
        return _buffer.AsMemory(0, PrefixBytes + rest);
    }

    /// <summary>What a piece asks for.</summary>
    public static AmqpMethod MethodOf(ReadOnlySpan<byte> piece) =>
        piece.Length <= PrefixBytes + 1 ? default : AmqpMethod.Of(piece[0], piece[PrefixBytes..^1]);
}
