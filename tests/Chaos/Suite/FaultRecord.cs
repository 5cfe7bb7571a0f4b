namespace SparsePipeline.Chaos.Suite;

/// <summary>A fault that happened.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="What">What was done to whom; null when the moment for it did not come.</param>
/// <param name="RunsUnderWay">Runs that had begun and not ended.</param>
internal sealed record FaultRecord(string Kind, string? What, int RunsUnderWay)
{
    /// <summary>Whether it happened at all.</summary>
    public bool Happened => What is not null;

    /// <summary>Steps that had been sent or taken on without a result when it began.</summary>
    public int StepsUnderWay { get; set; }

    /// <summary>From its beginning until all those steps had their results; null when that was not seen.</summary>
    public TimeSpan? Recovery { get; set; }

    /// <summary>Executions beyond the first of a step that began between this fault and the next.</summary>
    public int ExtraExecutions { get; set; }
}
