using System.Buffers.Binary;
using System.Text;

namespace SparsePipeline.Chaos.Broker;

/// <summary>What a client asks of a broker, as far as the crash suite wants to know (AMQP 0-9-1, class and method ids of its specification).</summary>
/// <param name="Kind">Publish, acknowledgement or anything else.</param>
/// <param name="Exchange">Where a publish goes to.</param>
internal readonly record struct AmqpMethod(AmqpMethodKind Kind, string Exchange)
{
    private const int MethodFrame = 1;
    private const int BasicClass = 60;
    private const int PublishMethod = 40;
    private const int AckMethod = 80;
    private const int ExchangeAt = 6; // class, method and a reserved word, two bytes each

    /// <summary>Reads a frame's payload.</summary>
    public static AmqpMethod Of(byte frameType, ReadOnlySpan<byte> payload)
    {
        if (frameType != MethodFrame || payload.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(payload) != BasicClass)
            return default;
        return BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) switch
        {
            PublishMethod => new(AmqpMethodKind.Publish, Encoding.UTF8.GetString(payload.Slice(ExchangeAt + 1, payload[ExchangeAt]))),
            AckMethod => new(AmqpMethodKind.Ack, ""),
            _ => default,
        };
    }
}
