namespace SparsePipeline.Chaos.Faults;

/// <summary>The clock of one service is off by more than the store accepts, for long enough that nobody may give it work, and is set right again.</summary>
internal sealed class WrongClock : IFault
{
    public string Name => "clock off beyond what the store accepts";

    public int Weight => 6;

    public string? Impossible(Scene scene) => scene.Topology.Replicas.Exists(r => r.Clock is not null) ? null : "libfaketime is not installed";

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (victim, duration) = (scene.Topology.Replicas.First(r => r.Clock is not null), scene.Between(8, 16));
        var off = scene.Between(20 * 60, 5 * 3600) * (scene.Random.Next(2) == 0 ? 1 : -1);
        victim.Clock!.Jump(off);
        await Task.Delay(duration, cancellationToken);
        victim.Clock.Jump(TimeSpan.Zero);
        return $"{victim.Name} by {off.TotalMinutes:+0;-0} min for {duration.TotalSeconds:0.0} s";
    }
}
