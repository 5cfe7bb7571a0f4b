using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>A trainer has saved a resume point and trains on.</summary>
internal sealed class KillMidTraining : KillAtPoint
{
    public override string Name => "kill -9 in the middle of a training";

    public override int Weight => 14;

    protected override void Arm(Replica replica, Scene scene, Func<bool> kill)
    {
        var delay = scene.Between(0, 0.2);
        replica.StoreObeyed = async request =>
        {
            if (!request.Puts("progress.json"))
                return false;
            await Task.Delay(delay);
            return kill();
        };
    }
}
