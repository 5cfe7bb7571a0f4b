namespace SparsePipeline.Chaos.Faults;

/// <summary>One service's connection to the broker goes silent or breaks, while it goes on working.</summary>
internal sealed class BrokerPartition : IFault
{
    public string Name => "one service cut off from the broker";

    public int Weight => 6;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (victim, duration) = (scene.AnyReplica(), scene.Between(2, 7));
        victim.Broker.Stop();
        await Task.Delay(duration, cancellationToken);
        var breaks = scene.Random.Next(2) == 0;
        if (breaks)
            victim.Broker.Break();
        victim.Broker.Flow();
        return $"{victim.Name} for {duration.TotalSeconds:0.0} s{(breaks ? ", then broken" : "")}";
    }
}
