namespace SparsePipeline.Chaos.Faults;

/// <summary>kill -9 of any service at any moment; its runners die with it or are left behind.</summary>
internal sealed class KillAtRandom : IFault
{
    public string Name => "kill -9 a service at any moment";

    public int Weight => 16;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        await Task.Delay(scene.Between(0, 1), cancellationToken);
        var victim = scene.AnyReplica();
        var group = scene.Random.Next(2) == 0;
        victim.Process.Kill(group);
        await scene.RestartAsync(victim, cancellationToken);
        return $"{victim.Name}{(group ? " and its runners" : ", its runners left behind")}";
    }
}
