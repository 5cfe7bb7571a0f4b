using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies;

/// <summary>What came out of the runs of a study.</summary>
/// <param name="Reports">The figures of every run by its id.</param>
/// <param name="ComputeSeconds">Time of all steps together, each counted once.</param>
/// <param name="Sizes">Of the first run that finished; null when none did.</param>
public sealed record StudyRuns(IReadOnlyDictionary<string, StudyRunReport> Reports, double ComputeSeconds, StudySizes? Sizes);
