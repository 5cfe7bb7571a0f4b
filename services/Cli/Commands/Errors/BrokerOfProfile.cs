using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Errors;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Commands.Errors;

/// <summary>The error queues a call works on.</summary>
internal static class BrokerOfProfile
{
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: a setting is wrong, or the bus is in-memory.</exception>
    public static ErrorQueues ErrorQueues(Invocation invocation)
    {
        var configuration = invocation.Settings.Configuration;
        if (!invocation.Settings.HasSharedBus)
        {
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"Bus:Transport is '{BusOptions.InMemory}': without a broker no error queues are kept; "
                + "a step that was given up ends its run with the reason.",
                "`sparsepipe runs show RUN` says which, `sparsepipe runs resume RUN` tries it again; --profile NAME names a broker.");
        }
        WrongSettings.Refuse(new ServiceCollection().AddBus(configuration), configuration);
        return new(configuration.GetSection(RabbitMqOptions.Section).Get<RabbitMqOptions>() ?? new());
    }
}
