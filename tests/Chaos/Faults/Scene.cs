using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>Where a fault happens.</summary>
/// <param name="Topology">The pipeline.</param>
/// <param name="Random">Decides what is left to chance.</param>
/// <param name="LongestOutage">How long store or broker may be away.</param>
internal sealed record Scene(Topology Topology, Random Random, TimeSpan LongestOutage)
{
    /// <summary>A replica that runs.</summary>
    public Replica AnyReplica()
    {
        var running = Topology.Replicas.Where(r => r.Process.IsRunning).ToList();
        return running[Random.Next(running.Count)];
    }

    /// <summary>A time between two lengths in seconds.</summary>
    public TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + Random.NextDouble() * (most - least));

    /// <summary>Starts a dead replica again after a moment, as whatever watches over processes would.</summary>
    public async Task RestartAsync(Replica replica, CancellationToken cancellationToken)
    {
        await replica.Process.WaitForExitAsync(cancellationToken);
        await Task.Delay(Between(0, 1.5), cancellationToken);
        replica.Process.Start();
    }
}
