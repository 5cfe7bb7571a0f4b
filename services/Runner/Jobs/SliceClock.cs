namespace SparsePipeline.Runner.Jobs;

/// <summary>Says when a training slice has to save and when it has to end.</summary>
internal sealed class SliceClock(TimeProvider time, double budgetSeconds, double checkpointSeconds)
{
    private readonly long _started = time.GetTimestamp();
    private double _saved;

    /// <summary>Time since the slice began.</summary>
    public double Seconds => time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Whether the budget is used up.</summary>
    public bool IsSpent => Seconds >= budgetSeconds;

    /// <summary>Whether the last resume point is old enough, or the slice is about to end.</summary>
    public bool IsSaveDue => IsSpent || Seconds - _saved >= checkpointSeconds;

    /// <summary>A resume point is being written.</summary>
    public void Saved() => _saved = Seconds;
}
