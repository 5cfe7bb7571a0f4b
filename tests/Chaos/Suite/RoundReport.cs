namespace SparsePipeline.Chaos.Suite;

/// <summary>What a round of faults left behind.</summary>
internal sealed class RoundReport
{
    public List<FaultRecord> Faults { get; } = [];

    /// <summary>Runs that were submitted.</summary>
    public int Runs { get; set; }

    /// <summary>Steps with a result.</summary>
    public int Steps { get; set; }

    /// <summary>Executions beyond the first of each step.</summary>
    public int ExtraExecutions { get; set; }

    /// <summary>Most tries without progress that any step needed.</summary>
    public int MostAttempts { get; set; }

    /// <summary>Versions of objects that were read and verified while the faults happened.</summary>
    public int ObjectsVerified { get; set; }

    /// <summary>Promises that were broken, in words.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Adds another round's.</summary>
    public void Add(RoundReport other)
    {
        Faults.AddRange(other.Faults);
        Violations.AddRange(other.Violations);
        Runs += other.Runs;
        Steps += other.Steps;
        ExtraExecutions += other.ExtraExecutions;
        MostAttempts = Math.Max(MostAttempts, other.MostAttempts);
        ObjectsVerified += other.ObjectsVerified;
    }
}
