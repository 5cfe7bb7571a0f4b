using CsCheck;

namespace SparsePipeline.Chaos.Broker;

public sealed class AmqpFramesTests
{
    // "AMQP" 0 0 9 1
    private static readonly byte[] Header = [0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1];

    // type 1, channel 3, 12 bytes: class 60, method 40, reserved, exchange "ev", routing key "", bits; end mark
    private static readonly byte[] Publish = [1, 0, 3, 0, 0, 0, 11, 0, 60, 0, 40, 0, 0, 2, (byte)'e', (byte)'v', 0, 0, 0xce];

    // class 60, method 80, delivery tag 5, bits
    private static readonly byte[] Ack = [1, 0, 3, 0, 0, 0, 13, 0, 60, 0, 80, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0xce];

    // a heartbeat has no payload
    private static readonly byte[] Heartbeat = [8, 0, 0, 0, 0, 0, 0, 0xce];

    [Fact]
    public async Task A_stream_comes_out_piece_by_piece_with_what_each_asks_for()
    {
        var pieces = await ReadAsync([.. Header, .. Publish, .. Heartbeat, .. Ack]);

        pieces.Select(p => p.Bytes).ShouldBe([Header, Publish, Heartbeat, Ack]);
        pieces.Select(p => p.Method).ShouldBe([default, new(AmqpMethodKind.Publish, "ev"), default, new(AmqpMethodKind.Ack, "")]);
    }

    [Fact]
    public void A_body_is_no_method_whatever_it_holds() =>
        Gen.Byte.Array[0, 200].Sample(body =>
        {
            byte[] frame = [3, 0, 1, 0, 0, 0, (byte)body.Length, .. body, 0xce];
            return ReadAsync(frame).Result is [var piece] && piece.Bytes.SequenceEqual(frame) && piece.Method == default;
        });

    private static async Task<List<(byte[] Bytes, AmqpMethod Method)>> ReadAsync(byte[] bytes)
    {
        var frames = new AmqpFrames(new MemoryStream(bytes));
        var pieces = new List<(byte[], AmqpMethod)>();
        while (await frames.NextAsync(CancellationToken.None) is { Length: > 0 } piece)
            pieces.Add((piece.ToArray(), AmqpFrames.MethodOf(piece.Span)));
        return pieces;
    }
}
