namespace SparsePipeline.Chaos.Faults;

/// <summary>Not a byte is free where a service keeps its copies and unfinished files.</summary>
internal sealed class FullDisk : IFault
{
    public string Name => "disk full";

    public int Weight => 7;

    public string? Impossible(Scene scene) => scene.Topology.Replicas.TrueForAll(r => r.Folder.HasOwnDisk) ? null : "mounting a small disk is not permitted";

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (victim, duration) = (scene.AnyReplica(), scene.Between(2, 5));
        victim.Folder.Fill();
        await Task.Delay(duration, cancellationToken);
        victim.Folder.Free();
        return $"{victim.Name} for {duration.TotalSeconds:0.0} s";
    }
}
