using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Connections without MassTransit, for what looks at queues instead of consuming them.</summary>
internal static class BrokerConnections
{
    /// <summary>Connects once; does not wait for a broker that is not there.</summary>
    /// <exception cref="BrokerUnavailableException">The broker does not answer, or does not let the user in.</exception>
    public static async Task<IConnection> OpenAsync(RabbitMqOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await (await FactoryOfAsync(options)).CreateConnectionAsync(ConnectionName.OfThisProcess, cancellationToken);
        }
        catch (Exception error) when (error is BrokerUnreachableException or OperationInterruptedException or RabbitMQClientException)
        {
            throw BrokerErrors.OfConnection(options, error);
        }
    }

    private static async Task<ConnectionFactory> FactoryOfAsync(RabbitMqOptions options)
    {
        var factory = new ConnectionFactory
        {
            HostName = options.Host,
            Port = options.Port,
            VirtualHost = options.VirtualHost,
            UserName = options.Username,
            Password = await BrokerPassword.ReadAsync(options),
            RequestedHeartbeat = TimeSpan.FromSeconds(options.HeartbeatSeconds),
            // A connection that was made anew would not know which messages it held.
            AutomaticRecoveryEnabled = false,
        };
        if (options.Tls)
            factory.Ssl = new SslOption(options.Host, enabled: true) { CertificateValidationCallback = BrokerTls.ValidatorFor(options) };
        return factory;
    }
}
