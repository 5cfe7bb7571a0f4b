namespace SparsePipeline.Chaos.Invariants;

/// <summary>What happened to one step, as its documents tell it.</summary>
internal sealed class StepRecord
{
    /// <summary>The replica that holds its claim; null when none does.</summary>
    public string? Holder { get; set; }

    /// <summary>Times a replica took the step on, continuations of a slice left out.</summary>
    public int Executions { get; set; }

    /// <summary>Most tries without progress its claim ever counted.</summary>
    public int MostAttempts { get; set; }

    /// <summary>Whether the last holder saved a resume point and passed the step on to whoever is free.</summary>
    public bool IsContinued { get; set; }

    public bool HasResult { get; set; }
}
