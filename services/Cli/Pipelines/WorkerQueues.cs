using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Cli.Pipelines;

/// <summary>The queues that each kind of worker listens to.</summary>
internal static class WorkerQueues
{
    public static IReadOnlyList<(string Worker, string[] Queues)> All { get; } =
    [
        .. StepKinds.Services.Select(service =>
            (service, StepKinds.Infos.Where(kind => kind.Service == service).SelectMany(kind => new[] { kind.PlanningQueue, kind.Queue }).ToArray())),
    ];

    /// <summary>How many of each kind of worker listen to all of their queues, as the broker counts them.</summary>
    public static async Task<IReadOnlyDictionary<string, uint>> CountAsync(BrokerProbe broker, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var (worker, queues) in All)
        {
            foreach (var queue in queues)
                counts[worker] = Math.Min(counts.GetValueOrDefault(worker, uint.MaxValue), await broker.ConsumersAsync(queue, cancellationToken) ?? 0);
        }

        return counts;
    }

    /// <summary>Workers of whose queues one is missing or has nobody who listens.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(BrokerProbe broker, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var (worker, queues) in All)
        {
            foreach (var queue in queues)
                if (await broker.ConsumersAsync(queue, cancellationToken) is null or 0 && !missing.Contains(worker))
                    missing.Add(worker);
        }

        return missing;
    }
}
