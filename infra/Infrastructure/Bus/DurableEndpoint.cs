using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>What a queue of the pipeline is on RabbitMQ: a contract, because a broker refuses the same queue with other arguments.</summary>
internal static class DurableEndpoint
{
    /// <summary>Deliveries of one message before it counts as poison: it kills whoever takes it, so it goes to the error queue.</summary>
    public const int DeliveryLimit = 20;

    /// <summary>Looking into an error queue is a delivery too and must never use a message up.</summary>
    public const int ErrorDeliveryLimit = 1_000_000;

    internal const string QueueType = "x-queue-type";
    internal const string Limit = "x-delivery-limit";
    internal const string DeadLetterExchange = "x-dead-letter-exchange";
    internal const string DeadLetterStrategy = "x-dead-letter-strategy";
    internal const string Overflow = "x-overflow";

    /// <summary>Makes the endpoint's queue a quorum queue and declares its error and skipped queues with it.</summary>
    public static void Configure(string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit || IsTemporary(rabbit))
            return;
        // The last one named is where poison goes.
        rabbit.BindDeadLetterQueue(name + "_skipped", name + "_skipped", AsErrorQueue);
        rabbit.BindDeadLetterQueue(name + "_error", name + "_error", AsErrorQueue);
        rabbit.SetQuorumQueue();
        rabbit.SetQueueArgument(Limit, DeliveryLimit);
        // Both are needed so that the broker keeps a message until the error queue has it.
        rabbit.SetQueueArgument(DeadLetterStrategy, "at-least-once");
        rabbit.SetQueueArgument(Overflow, "reject-publish");
    }

    /// <summary>Error and skipped queues inherit the arguments of their endpoint's queue, which do not fit them.</summary>
    public static void ConfigureErrorQueues(IRabbitMqBusFactoryConfigurator transport)
    {
        transport.SendTopology.ConfigureErrorSettings = AsErrorQueue;
        transport.SendTopology.ConfigureDeadLetterSettings = AsErrorQueue;
    }

    private static void AsErrorQueue(IRabbitMqQueueBindingConfigurator queue)
    {
        queue.SetQueueArgument(QueueType, "quorum");
        queue.SetQueueArgument(Limit, ErrorDeliveryLimit);
        queue.SetQueueArgument(DeadLetterExchange, (object?)null!);
        queue.SetQueueArgument(DeadLetterStrategy, (object?)null!);
        queue.SetQueueArgument(Overflow, (object?)null!);
    }

    private static bool IsTemporary(IRabbitMqReceiveEndpointConfigurator endpoint) =>
        ((IRabbitMqReceiveEndpointConfiguration)endpoint).Settings.AutoDelete;
}
