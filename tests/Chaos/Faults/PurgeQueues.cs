using SparsePipeline.Chaos.Broker;

namespace SparsePipeline.Chaos.Faults;

/// <summary>All messages that wait are gone, as after a broker was set up anew.</summary>
internal sealed class PurgeQueues : IFault
{
    public string Name => "queues purged";

    public int Weight => 10;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var times = scene.Random.Next(1, 6);
        for (var i = 0; i < times; i++)
        {
            foreach (var queue in PipelineQueues.All)
                await scene.Topology.Broker.PurgeAsync(scene.Topology.VirtualHost, queue);
            await Task.Delay(scene.Between(0, 0.3), cancellationToken);
        }
        return $"all, {times} times";
    }
}
