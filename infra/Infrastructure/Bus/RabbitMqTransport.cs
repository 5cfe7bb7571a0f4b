using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The bus on RabbitMQ.</summary>
internal static class RabbitMqTransport
{
    /// <summary>Every endpoint becomes a replicated queue with an error queue beside it; endpoints are configured last.</summary>
    /// <param name="bus">The bus to be.</param>
    /// <param name="topologyOnly">Declares exchanges and queues and consumes nothing.</param>
    public static void AddRabbitMq(this IBusRegistrationConfigurator bus, bool topologyOnly)
    {
        bus.AddConfigureEndpointsCallback((_, name, endpoint) => DurableEndpoint.Configure(name, endpoint));
        bus.AddReceiveEndpointObserver<BrokerWatch>();
        bus.UsingRabbitMq((context, transport) =>
        {
            Connect(transport, context.GetRequiredService<IOptions<RabbitMqOptions>>().Value);
            DurableEndpoint.ConfigureErrorQueues(transport);
            // Sent are commands only: one that reaches no queue is an error of the sender, who tries again.
            transport.ConfigureSend(send => send.UseExecute(DemandQueue));
            transport.DeployTopologyOnly = topologyOnly;
            transport.DeployPublishTopology = topologyOnly;
            PublishedEvents.Declare(transport);
            RunRouting.Configure(transport);
            transport.ConfigureEndpoints(context);
        });
    }

    private static void DemandQueue(SendContext command)
    {
        if (command.TryGetPayload(out RabbitMqSendContext? rabbit))
            rabbit.Mandatory = true;
    }

    private static void Connect(IRabbitMqBusFactoryConfigurator transport, RabbitMqOptions options) =>
        transport.Host(options.Host, options.Port, options.VirtualHost, ConnectionName.OfThisProcess, host =>
        {
            host.Username(options.Username);
            // Read again at every connection, so that a rotated password needs no restart.
            host.OnRefreshConnectionFactory = async factory => factory.Password = await BrokerPassword.ReadAsync(options);
            host.PublisherConfirmation = true;
            host.Heartbeat(TimeSpan.FromSeconds(options.HeartbeatSeconds));
            if (options.Tls)
                host.UseSsl(tls => BrokerTls.Configure(tls, options));
        });
}
