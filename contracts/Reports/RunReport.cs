namespace SparsePipeline.Contracts;

/// <summary>What came out of a run; written as report.json and drawn as report.html.</summary>
public sealed record RunReport
{
    public required string RunId { get; init; }

    public required Recipe Recipe { get; init; }

    /// <summary>Wall clock in seconds of the invocation that did the work; see <see cref="EarlierWork"/>.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>When the run was submitted for that work; null in reports of earlier versions.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Set when this invocation found every result in the store and computed nothing.</summary>
    public EarlierWork? EarlierWork { get; init; }

    /// <summary>Processor, cores, operating system and versions.</summary>
    public required string Machine { get; init; }

    /// <summary>The command line that gives the same run again; null when it was not started from one.</summary>
    public string? Command { get; init; }

    /// <summary>What the run's networks take and say; null while the dense training has not finished.</summary>
    public InputDescription? Inputs { get; init; }

    public required IReadOnlyList<ReportedStep> Steps { get; init; }

    public required IReadOnlyList<ReportedCycle> Cycles { get; init; }

    /// <summary>The node whose checkpoint the run was for; null in reports of earlier versions.</summary>
    public string? Network { get; init; }

    /// <summary>Every network that was measured, in the order of the plan, for workflows without cycles of soups; empty for others.</summary>
    public IReadOnlyList<ReportedNetwork> Networks { get; init; } = [];

    /// <summary>In the order the recipe asks for them, as far as they were measured.</summary>
    public required IReadOnlyList<ReportedBaseline> Baselines { get; init; }

    /// <summary>Loss and validation accuracy of every finished training, epoch by epoch, in the order of the plan; empty in reports of earlier versions.</summary>
    public IReadOnlyList<ReportedCurve> Curves { get; init; } = [];

    /// <summary>Baselines asked for that the run does not have, and why; empty when it has all.</summary>
    public IReadOnlyList<MissingBaseline> MissingBaselines { get; init; } = [];
}
