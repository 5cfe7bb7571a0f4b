using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Where a run stands.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
public sealed record RunStanding(string RunId, string State)
{
    /// <summary>Steps whose outputs are stored.</summary>
    public int Done { get; init; }

    /// <summary>Steps in all; 0 when it could not be planned.</summary>
    public int Total { get; init; }

    /// <summary>Who submitted it and when, first and last; null when that was not written down.</summary>
    public Submission? Submission { get; init; }

    /// <summary>When it ended; null when it has not, or when nobody knows.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed, or cannot be planned by this version.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>The network it made, or the last soup on the way there; null while it goes on.</summary>
    public ArtifactRef? Network { get; init; }
}
