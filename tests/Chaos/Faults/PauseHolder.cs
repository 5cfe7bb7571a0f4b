using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>Whoever holds a claim sleeps (SIGSTOP) until long after its lease and wakes up in the middle of what it did.</summary>
internal sealed class PauseHolder : IFault
{
    public string Name => "claim holder paused beyond its lease";

    public int Weight => 10;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var victim = await FindHolderAsync(scene, cancellationToken) ?? scene.AnyReplica();
        var duration = scene.Between(ChaosSettings.LeaseSeconds + 0.5, ChaosSettings.LeaseSeconds + 3);
        victim.Process.Signal(Signals.Stop);
        await Task.Delay(duration, cancellationToken);
        victim.Process.Signal(Signals.Continue);
        return $"{victim.Name} for {duration.TotalSeconds:0.0} s";
    }

    private static async Task<Replica?> FindHolderAsync(Scene scene, CancellationToken cancellationToken)
    {
        for (var look = 0; look < 50; look++)
        {
            var holders = scene.Topology.Replicas.Where(r => scene.Topology.Ledger.Holders.Contains(r.Name) && r.Process.IsRunning).ToList();
            if (holders.Count > 0)
                return holders[scene.Random.Next(holders.Count)];
            await Task.Delay(100, cancellationToken);
        }
        return null;
    }
}
