using System.Security.Cryptography;
using MassTransit;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>A queue of its own for every process, which goes with it: each hears everything, and what it misses it finds in the store.</summary>
internal sealed class RunNewsConsumerDefinition : ConsumerDefinition<RunNewsConsumer>
{
    /// <summary>How the names of these queues begin.</summary>
    public const string Prefix = "follow-run-news-";

    public RunNewsConsumerDefinition() => Endpoint(endpoint =>
    {
        // Process ids repeat over machines and containers.
        endpoint.Name = $"{Prefix}{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        endpoint.Temporary = true;
    });

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<RunNewsConsumer> consumer, IRegistrationContext context)
    {
        // It still goes with its process, but brokers no longer know queues that are both shared and transient.
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.Durable = true;
    }
}
