namespace SparsePipeline.Chaos.Faults;

/// <summary>kill -9 of the broker; it comes back with what its durable queues held.</summary>
internal sealed class KillBroker : IFault
{
    public string Name => "kill -9 and restart of the broker";

    public int Weight => 6;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var away = scene.Between(0, 2);
        await scene.Topology.Broker.KillAsync();
        await Task.Delay(away, cancellationToken);
        await scene.Topology.Broker.StartAgainAsync();
        return $"{away.TotalSeconds:0.0} s and its start";
    }
}
