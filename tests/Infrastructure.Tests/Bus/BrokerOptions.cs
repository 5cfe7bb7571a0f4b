using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Errors;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>A test's virtual host as the pipeline's options name it.</summary>
internal static class BrokerOptions
{
    public static RabbitMqOptions Options(this BrokerVirtualHost host) => new()
    {
        Host = host.Address.Host,
        Port = (ushort)host.Address.Port,
        VirtualHost = host.Name,
        Username = host.Address.User,
        Password = host.Address.Password,
    };

    public static ErrorQueues ErrorQueues(this BrokerVirtualHost host) => new(host.Options());
}
