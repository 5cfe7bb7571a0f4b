using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.ServiceHost;

/// <summary>Refuses the bus that ends at its own process: a worker alone on it would wait for ever.</summary>
/// <param name="service">Name of the service.</param>
internal sealed class SharedBusValidator(string service) : IValidateOptions<BusOptions>
{
    public ValidateOptionsResult Validate(string? name, BusOptions options) => options.Transport != BusOptions.InMemory
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{BusOptions.Section}:{nameof(BusOptions.Transport)} is '{BusOptions.InMemory}': alone in a process the {service} needs a bus that "
            + $"other processes share. Set it to '{BusOptions.RabbitMq}', or start all workers together with 'sparsepipe run RECIPE'.");
}
