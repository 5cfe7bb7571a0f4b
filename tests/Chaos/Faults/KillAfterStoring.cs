using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>The result is stored, and the service dies before it hears so: nobody is told.</summary>
internal sealed class KillAfterStoring : KillAtPoint
{
    public override string Name => "kill -9 after storing, before publishing";

    public override int Weight => 14;

    protected override void Arm(Replica replica, Scene scene, Func<bool> kill) =>
        replica.StoreObeyed = request => Task.FromResult(request.Puts("result.json") && kill());
}
