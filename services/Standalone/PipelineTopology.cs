using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Standalone;

/// <summary>The exchanges and queues of all workers on a shared broker.</summary>
public static class PipelineTopology
{
    /// <summary>Declares what is missing; does no harm to what is there.</summary>
    /// <param name="settings">Name the broker.</param>
    /// <param name="cancellationToken">Stops waiting for a broker that does not answer.</param>
    /// <exception cref="DomainException">A setting is wrong, or the bus is not a shared one.</exception>
    public static Task DeployAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken) =>
        BusTopology.DeployAsync(() => Build(settings), cancellationToken);

    private static IHost Build(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("standalone");
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services
            .AddPipelineSteps(builder.Configuration)
            .AddBusTopology(builder.Configuration);
        WrongSettings.Refuse(builder.Services, builder.Configuration);
        return builder.Build();
    }
}
