using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Reporting.Building;

namespace SparsePipeline.Infrastructure.Reports;

/// <summary>Reports of runs that this machine followed to their end.</summary>
public static class RunReports
{
    /// <summary>The report of a run, also of one that failed on the way.</summary>
    /// <param name="recipe">The recipe that was run.</param>
    /// <param name="outcome">How the run ended.</param>
    /// <param name="artifacts">Where the steps' reports are.</param>
    /// <param name="command">The command line that gives the same run; null when it was not started from one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="DomainException">A report is missing or damaged.</exception>
    public static Task<RunReport> BuildAsync(
        Recipe recipe, RunOutcome outcome, IArtifactStore artifacts, string? command, CancellationToken cancellationToken) =>
        RunReportBuilder.BuildAsync(Ended(recipe, outcome, command), new StoredReports(artifacts), cancellationToken);

    private static EndedRun Ended(Recipe recipe, RunOutcome outcome, string? command) => new()
    {
        RunId = outcome.RunId,
        Recipe = recipe,
        Plan = outcome.Plan,
        Cached = outcome.Cached,
        WallSeconds = outcome.Wall.TotalSeconds,
        SubmittedAt = outcome.Since,
        EarlierWork = outcome.EarlierWork is { } work ? new(work.SubmittedAt, work.WallSeconds, work.Cached) : null,
        Machine = MachineDescription.Current(),
        Command = command,
    };
}
