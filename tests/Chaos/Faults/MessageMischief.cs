using SparsePipeline.Chaos.Broker;

namespace SparsePipeline.Chaos.Faults;

/// <summary>Messages of all queues come doubled, late or in another order for some seconds.</summary>
internal sealed class MessageMischief(string name, DetourMode mode) : IFault
{
    public string Name => name;

    public int Weight => 8;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var duration = scene.Between(2, 5);
        var broker = await scene.Topology.Broker.ConnectAsync(scene.Topology.VirtualHost);
        var detours = PipelineQueues.All.Select(q => new Detour(broker, q, mode, new Random(scene.Random.Next()))).ToList();
        await Task.WhenAll(detours.Select(d => d.RunAsync(duration, cancellationToken)));
        return $"{detours.Sum(d => d.Messages)} messages in {duration.TotalSeconds:0.0} s";
    }
}
