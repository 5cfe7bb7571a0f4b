using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus.Ingest;
using SparsePipeline.Infrastructure.Hosting;

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
    /// <param name="build">Makes a host with the form of the bus that declares only. It is not started: no worker may begin to work.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task DeployAsync(Func<IHost> build, CancellationToken cancellationToken)
    {
        var host = await PatientStart.StartAsync(build, host => Bus(host).StartAsync(cancellationToken));
        try
        {
            if (host.Services.GetRequiredService<IOptions<BusOptions>>().Value.IsShared)
            {
                var broker = host.Services.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
                await IngestTopology.DeployAsync(broker, cancellationToken);
                await EventExchange.DeclareAsync(broker, cancellationToken);
            }
        }
        finally
        {
            // Declared is declared: whoever stops waiting now, and a bus that does not stop, change nothing about that.
            await Bus(host).LeaveAsync();
            await host.EndAsync();
        }
    }

    private static BusLifetime Bus(IHost host) => host.Services.GetRequiredService<BusLifetime>();
}
