using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>The service has got a command or a plan and is about to write a claim; the claim never reaches the store.</summary>
internal sealed class KillBeforeClaim : KillAtPoint
{
    public override string Name => "kill -9 before the claim";

    protected override void Arm(Replica replica, Scene scene, Func<bool> kill) =>
        replica.Store.Arriving = request => Task.FromResult(request.Puts("claim.json") && kill());
}
