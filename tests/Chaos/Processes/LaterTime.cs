namespace SparsePipeline.Chaos.Processes;

/// <summary>The clock of somebody who comes later, for whom every grace period is over.</summary>
internal sealed class LaterTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
