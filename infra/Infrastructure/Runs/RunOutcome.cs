using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>How a run ended.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Plan">The last plan, with all results; <see cref="Plan.Failure"/> says why it failed.</param>
/// <param name="Cached">Nodes whose results existed before this invocation.</param>
/// <param name="Wall">Wall-clock time of this invocation.</param>
public sealed record RunOutcome(string RunId, Plan Plan, IReadOnlySet<string> Cached, TimeSpan Wall)
{
    /// <summary>The work that all results come from, when this invocation found every one of them in the store; null when it computed something.</summary>
    public RunWork? EarlierWork { get; init; }

    /// <summary>When this invocation began.</summary>
    public DateTimeOffset Since { get; init; }
}
