using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>
/// Exchanges, queues and bindings of all services, declared without consuming anything. Done before anybody publishes, it lets
/// services start in any order: what a service that is not there yet should hear waits in its queue.
/// </summary>
public static class BusTopology
{
    /// <summary>Adds the bus in the form that declares only.</summary>
    /// <param name="services">Holds or will hold the workers whose queues are declared.</param>
    /// <param name="configuration">Names the broker.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the bus is in-memory, which keeps nothing.</exception>
    public static IServiceCollection AddBusTopology(this IServiceCollection services, IConfiguration configuration) =>
        BusRegistration.UsesRabbitMq(configuration) ? services.AddBus(configuration, topologyOnly: true) : throw new DomainException(
            FailureCodes.InvalidOption,
            $"{BusOptions.Section}:{nameof(BusOptions.Transport)} is '{BusOptions.InMemory}': a bus inside one process needs no topology.",
            $"Set it to '{BusOptions.RabbitMq}' or name a profile that does.");

    /// <summary>Declares; does no harm to what is there already. Waits for a broker that is not there yet.</summary>
    public static async Task DeployAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var bus = services.GetRequiredService<IBusControl>();
        await bus.StartAsync(cancellationToken);
        await bus.StopAsync(cancellationToken);
    }
}
