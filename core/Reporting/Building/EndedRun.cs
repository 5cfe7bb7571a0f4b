using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>How a run ended, which its results alone do not tell.</summary>
public sealed record EndedRun
{
    public required string RunId { get; init; }

    public required Recipe Recipe { get; init; }

    /// <summary>The last plan, with all results; its failure says why the run failed.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Nodes whose results existed before.</summary>
    public required IReadOnlySet<string> Cached { get; init; }

    /// <summary>Wall-clock time of this invocation in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>When this invocation began.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The work that all results come from, when this invocation found every one of them; null when it computed something.</summary>
    public EarlierWork? EarlierWork { get; init; }

    /// <summary>Processor, cores, operating system and versions.</summary>
    public required string Machine { get; init; }

    /// <summary>The command line that gives the same run again; null when it was not started from one.</summary>
    public string? Command { get; init; }
}
