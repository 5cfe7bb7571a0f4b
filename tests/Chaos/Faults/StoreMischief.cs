using SparsePipeline.Chaos.Store;

namespace SparsePipeline.Chaos.Faults;

/// <summary>A share of all requests to the object store goes wrong in one way for some seconds.</summary>
/// <param name="name">Name in the table.</param>
/// <param name="weight">How often it comes.</param>
/// <param name="mischief">What goes wrong.</param>
internal sealed class StoreMischief(string name, int weight, Func<Random, IMischief> mischief) : IFault
{
    public string Name => name;

    public int Weight => weight;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (duration, share) = (scene.Between(1.5, 4), 0.2 + 0.6 * scene.Random.NextDouble());
        var harmBefore = Harm(scene);
        foreach (var replica in scene.Topology.Replicas)
            replica.Store.Misbehave(mischief(scene.Random), share, scene.Random.Next());
        await Task.Delay(duration, cancellationToken);
        foreach (var replica in scene.Topology.Replicas)
            await replica.Store.BehaveAsync();
        return $"{share:P0} of requests for {duration.TotalSeconds:0.0} s, {Harm(scene) - harmBefore} hit";
    }

    private static int Harm(Scene scene) => scene.Topology.Replicas.Sum(r => r.Store.Harm.Values.Sum());
}
