using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>What a report says about the work behind it, which may be that of an earlier invocation.</summary>
public static class WorkDone
{
    /// <summary>Whether the step's result was there before the work was done.</summary>
    public static bool WasCached(RunReport report, ReportedStep step) => report.EarlierWork is { } work ? work.Cached.Contains(step.Node) : step.Cached;

    /// <summary>A sentence for a run that was all cache hits; null for one that computed something.</summary>
    public static string? Sentence(RunReport report) => report.EarlierWork is not { } work ? null
        : $"Cached: nothing was computed this time, all {report.Steps.Count} results were in the store. Times and counts are those of the work that was done, "
            + $"submitted {work.SubmittedAt:u}, {Figures.Duration(work.WallSeconds)} of wall clock.";
}
