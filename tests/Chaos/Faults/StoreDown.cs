namespace SparsePipeline.Chaos.Faults;

/// <summary>The object store refuses connections, for everybody.</summary>
internal sealed class StoreDown : IFault
{
    public string Name => "object store down";

    public int Weight => 6;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        // Once in a while as long as it may be, else a hiccup.
        var away = scene.Random.Next(4) == 0 ? scene.LongestOutage : scene.Between(1, 5);
        foreach (var replica in scene.Topology.Replicas)
            await replica.Store.RefuseAsync();
        await Task.Delay(away, cancellationToken);
        foreach (var replica in scene.Topology.Replicas)
            await replica.Store.BehaveAsync();
        return $"{away.TotalSeconds:0.0} s";
    }
}
