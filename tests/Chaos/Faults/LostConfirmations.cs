namespace SparsePipeline.Chaos.Faults;

/// <summary>
/// The broker takes the messages of one service and its confirmations never come, as after it died in the middle of them: whoever waits for one
/// without a bound waits for ever.
/// </summary>
internal sealed class LostConfirmations : IFault
{
    public string Name => "confirmations that never come";

    public int Weight => 10;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var (victim, duration) = (scene.AnyReplica(), scene.Between(2, 8));
        var before = victim.Broker.KeptBack;
        victim.Broker.IsMute = true;
        await Task.Delay(duration, cancellationToken);
        victim.Broker.IsMute = false;
        var kept = victim.Broker.KeptBack - before;
        return kept == 0 ? null : $"{kept} to {victim.Name} within {duration.TotalSeconds:0.0} s";
    }
}
