using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>kill -9 of whichever service comes first to a certain point of its work, seen from outside: from what it asks store or broker for.</summary>
internal abstract class KillAtPoint : IFault
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    public abstract string Name { get; }

    public virtual int Weight => 10;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource<Replica>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var replica in scene.Topology.Replicas)
            Arm(replica, scene, () => Kill(replica, reached));
        try
        {
            var victim = await reached.Task.WaitAsync(Patience, cancellationToken);
            await scene.RestartAsync(victim, cancellationToken);
            return victim.Name;
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            foreach (var replica in scene.Topology.Replicas)
                replica.Disarm();
        }
    }

    /// <summary>Makes the replica's ways watch for the point; <paramref name="kill"/> is true when this replica was the first.</summary>
    protected abstract void Arm(Replica replica, Scene scene, Func<bool> kill);

    private static bool Kill(Replica replica, TaskCompletionSource<Replica> reached)
    {
        if (!reached.TrySetResult(replica))
            return false;
        replica.Process.Kill();
        return true;
    }
}
