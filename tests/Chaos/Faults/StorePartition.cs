using SparsePipeline.Chaos.Store;

namespace SparsePipeline.Chaos.Faults;

/// <summary>One service's requests to the object store are never answered, while everybody else's are.</summary>
internal sealed class StorePartition : IFault
{
    public string Name => "one service cut off from the object store";

    public int Weight => 6;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (victim, duration) = (scene.AnyReplica(), scene.Between(2, 7));
        victim.Store.Misbehave(new Hang());
        await Task.Delay(duration, cancellationToken);
        await victim.Store.BehaveAsync();
        return $"{victim.Name} for {duration.TotalSeconds:0.0} s";
    }
}
