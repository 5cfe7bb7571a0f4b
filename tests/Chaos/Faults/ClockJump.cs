namespace SparsePipeline.Chaos.Faults;

/// <summary>The time of day of one service jumps, forward or back, and jumps back again.</summary>
internal sealed class ClockJump : IFault
{
    public string Name => "clock jump";

    public int Weight => 7;

    public string? Impossible(Scene scene) => scene.Topology.Replicas.Exists(r => r.Clock is not null) ? null : "libfaketime is not installed";

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (victim, duration) = (scene.Topology.Replicas.First(r => r.Clock is not null), scene.Between(2, 5));
        // Seconds to an hour: less than the lease, more than the lease, more than a store accepts.
        var jump = TimeSpan.FromSeconds(Math.Pow(10, 0.3 + 3.2 * scene.Random.NextDouble()) * (scene.Random.Next(2) == 0 ? 1 : -1));
        victim.Clock!.Jump(jump);
        await Task.Delay(duration, cancellationToken);
        victim.Clock.Jump(TimeSpan.Zero);
        return $"{victim.Name} by {jump.TotalSeconds:+0;-0} s for {duration.TotalSeconds:0.0} s";
    }
}
