using System.Diagnostics;
using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Invariants;

/// <summary>The promises, each as what is said when it was broken.</summary>
internal static class Verdicts
{
    // The broker's numbers are some seconds old, and an event that changes nothing any more may still be read.
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(60);

    /// <summary>The run finished, with the digests of an undisturbed one.</summary>
    public static async Task<IReadOnlyList<string>> OfRunAsync(
        Topology topology, string run, IReadOnlyDictionary<string, string> undisturbed, CancellationToken cancellationToken)
    {
        var plan = await topology.Runs.PlanAsync(run, cancellationToken);
        if (plan.Failure is { } failure)
            return [$"{run} failed: {failure.Reason}"];
        if (!plan.Finished)
            return [$"{run} did not finish: {string.Join(", ", plan.Ready.Select(s => $"{s.Node} ({s.Key}) is ready"))}"];
        var digests = RunClient.DigestsOf(plan);
        return [.. undisturbed.Where(u => digests.GetValueOrDefault(u.Key) != u.Value).Select(u => $"{run}: {u.Key} has another digest than undisturbed")];
    }

    /// <summary>Nothing waits, nothing was given up, nothing was seen in part, nobody died by himself, no step was tried without end.</summary>
    public static async Task<IReadOnlyList<string>> OfTopologyAsync(Topology topology, CancellationToken cancellationToken) =>
    [
        .. await OfQueuesAsync(topology, cancellationToken),
        .. topology.Objects.Damaged.Select(damage => $"seen in the bucket: {damage}"),
        .. topology.Replicas.Where(r => r.Process.UnexpectedExit is not null).Select(r => $"{r.Name} ended by itself with {r.Process.UnexpectedExit}"),
        .. topology.Ledger.MostAttempts > ChaosSettings.MaxAttempts ? [$"a step was tried {topology.Ledger.MostAttempts} times"] : Array.Empty<string>(),
        .. await Orphans.CollectAsync(topology, cancellationToken),
    ];

    private static async Task<IReadOnlyList<string>> OfQueuesAsync(Topology topology, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var full = (await topology.Broker.DepthsAsync(topology.VirtualHost)).Where(q => q.Value > 0).ToList();
            if (full.Count == 0 || Stopwatch.GetElapsedTime(start) > DrainPatience)
                return [.. full.Select(q => $"{q.Value} messages are left in {q.Key}")];
            await Task.Delay(1000, cancellationToken);
        }
    }
}
