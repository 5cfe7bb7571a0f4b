using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>Not a byte is free where a runner leaves its outputs, from the middle of its work until long after the short retries.</summary>
internal sealed class FullDiskInRunner : IFault
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    public string Name => "disk full in a runner";

    public int Weight => 7;

    public string? Impossible(Scene scene) => scene.Topology.Replicas.TrueForAll(r => r.Folder.HasOwnDisk) ? null : "mounting a small disk is not permitted";

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var trains = new TaskCompletionSource<Replica>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var replica in scene.Topology.Replicas)
            replica.StoreObeyed = request => Task.FromResult(request.Puts("progress.json") && Fill(replica, trains));
        try
        {
            var (victim, duration) = (await trains.Task.WaitAsync(Patience, cancellationToken), scene.Between(5, 14));
            await Task.Delay(duration, cancellationToken);
            victim.Folder.Free();
            return $"{victim.Name} for {duration.TotalSeconds:0.0} s";
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

    // The answer is let through: nothing but the disk is at fault.
    private static bool Fill(Replica replica, TaskCompletionSource<Replica> trains)
    {
        if (trains.TrySetResult(replica))
            replica.Folder.Fill();
        return false;
    }
}
