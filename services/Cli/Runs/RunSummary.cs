using SparsePipeline.Cli.Store;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;

namespace SparsePipeline.Cli.Runs;

/// <summary>Where a run stands, on one line.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
/// <param name="Done">Steps whose outputs are stored.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="SubmittedAt">When it was submitted last while there was something to do; null when that was not written down.</param>
/// <param name="EndedAt">When it ended; null when it has not, or when nobody wrote that down.</param>
/// <param name="Origin">Where it was submitted; null when that was not written down.</param>
internal sealed record RunSummary(string RunId, string State, int Done, int Total, DateTimeOffset? SubmittedAt, DateTimeOffset? EndedAt, string? Origin)
{
    /// <summary>State, time and origin, as far as they are known.</summary>
    public string Standing => string.Join(", ", new[] { State, SubmittedAt is { } at ? $"{at:u}" : null, Origin }.OfType<string>());

    /// <summary>The runs of a page, in its order. A run whose documents are damaged is told as failed.</summary>
    public static async Task<IReadOnlyList<RunSummary>> ReadAsync(LocalStore store, RunPage page, CancellationToken cancellationToken) =>
        [.. (await new RunStandings(store.Runs, store.Planner).ReadAsync(page, cancellationToken)).Select(Of)];

    /// <summary>One run; told as failed when its documents are damaged.</summary>
    public static async Task<RunSummary> ReadAsync(LocalStore store, string runId, CancellationToken cancellationToken) =>
        Of(await new RunStandings(store.Runs, store.Planner).ReadAsync(runId, known: null, cancellationToken));

    private static RunSummary Of(RunStanding run) => new(run.RunId, run.State, run.Done, run.Total, run.Submission?.At, run.EndedAt, run.Submission?.Origin);
}
