namespace SparsePipeline.Chaos.Broker;

/// <summary>Methods a <see cref="BrokerProxy"/> tells apart.</summary>
internal enum AmqpMethodKind
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary><c>basic.publish</c>.</summary>
    Publish,

    /// <summary><c>basic.ack</c>.</summary>
    Ack,
}
