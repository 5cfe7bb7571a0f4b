using System.Text;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Chaos.Faults;

/// <summary>
/// A result that workers have seen vanishes with its blobs, or is damaged, and a moment later somebody calls <c>sparsepipe repair</c>: more is not
/// to be needed.
/// </summary>
internal sealed class LostResult : IFault
{
    public string Name => "result and blobs lost, then repaired";

    public int Weight => 10;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (client, damage) = (scene.Topology.Runs, scene.Random.Next(3) == 0);
        if (await ChooseAsync(scene, cancellationToken) is not var (run, step))
            return null;
        scene.Topology.Harmed[run] = true;
        foreach (var blob in step.Result!.Outputs.Values)
            await client.Get<IArtifactStore>().DeleteAsync(blob.Digest, cancellationToken);
        await (damage
            ? client.Get<IObjectStore>().WriteAsync(PathOf(step), Encoding.UTF8.GetBytes("""{"no":"result"}"""), cancellationToken)
            : client.Get<IObjectStore>().DeleteAsync(PathOf(step), cancellationToken));
        await Task.Delay(scene.Between(0, 3), cancellationToken);
        await client.RepairAsync(run, cancellationToken);
        return $"{step.Node} of {run}, {(damage ? "damaged" : "deleted")}";
    }

    private static string PathOf(PlannedStep step) => $"steps/{step.Key}/result.json";

    private static async Task<(string Run, PlannedStep Step)?> ChooseAsync(Scene scene, CancellationToken cancellationToken)
    {
        var found = new List<(string, PlannedStep)>();
        await foreach (var run in scene.Topology.Runs.Get<IRunStore>().ListActiveAsync(cancellationToken))
        {
            var plan = await scene.Topology.Runs.Get<RunPlanner>().ReviewAsync(run, cancellationToken);
            if (plan is { HasEnded: false })
                found.AddRange(plan.Steps.Where(s => s.State == StepState.Done).Select(s => (run, s)));
        }
        return found.Count == 0 ? null : found[scene.Random.Next(found.Count)];
    }
}
