using SparsePipeline.Chaos.Broker;
using SparsePipeline.Contracts;

namespace SparsePipeline.Chaos.Faults;

/// <summary>Events as a later version of a service would publish them: with fields nobody here knows.</summary>
internal sealed class OtherVersion : IFault
{
    public string Name => "events of another version of a service";

    public int Weight => 5;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var runs = await scene.Topology.Bucket.ListAsync("runs/", cancellationToken);
        var known = runs.Keys.Where(k => k.EndsWith("/recipe.json", StringComparison.Ordinal)).Select(k => k.Split('/')[1]).ToArray();
        var run = known.Length > 0 ? known[scene.Random.Next(known.Length)] : "none-of-ours";
        await scene.Topology.Bus.SendAsync(PipelineQueues.ExchangeOf<RunNudged>(), new RunNudged { RunId = run }, message =>
        {
            message["priority"] = 7;
            message["lineage"] = new System.Text.Json.Nodes.JsonObject { ["parent"] = "somebody" };
        });
        return run;
    }
}
