using System.Security.Cryptography;
using MassTransit;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>One event at a time, so that they reach the follower in the order they came; a queue of its own that goes with whoever follows.</summary>
internal sealed class RunQueueDefinition : IEndpointDefinition
{
    // Process ids repeat over machines and containers, and one process may follow several runs.
    private readonly string _name =
        $"follow-run-{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    public bool IsTemporary => true;

    public int? PrefetchCount => null;

    public int? ConcurrentMessageLimit => 1;

    // It is bound by hand, to the events of one run.
    public bool ConfigureConsumeTopology => false;

    public string GetEndpointName(IEndpointNameFormatter formatter) => _name;

    public void Configure<T>(T configurator, IRegistrationContext? context = null)
        where T : IReceiveEndpointConfigurator
    {
    }
}
