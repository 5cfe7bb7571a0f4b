using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>The figures of a run that a study compares.</summary>
public static class RunFigures
{
    /// <param name="report">The run's report.</param>
    /// <param name="failure">Why the run did not finish; its figures are then left out, since half a run compares with nothing.</param>
    public static StudyRunReport Of(RunReport report, StepFailure? failure)
    {
        var run = new StudyRunReport
        {
            Seed = report.Recipe.Seed,
            RunId = report.RunId,
            Failure = failure,
        };
        return failure is not null || report.Cycles.Count == 0 ? run : run with
        {
            Models = [Soup(report.Cycles[^1]), .. report.Baselines.Select(Baseline)],
            Cycles = [.. report.Cycles.Select(c => Cycle(c, report.Baselines))],
        };
    }

    private static StudyModel Soup(ReportedCycle cycle) => new()
    {
        Name = StudyModel.Soup,
        Accuracies = SplitAccuracies.Of(cycle.Soup.Evaluation),
        Sparsity = cycle.Sparsity,
        Epochs = cycle.Epochs,
        ExpectedCalibrationError = Calibration(cycle.Soup.Evaluation),
    };

    private static StudyModel Baseline(ReportedBaseline baseline) => new()
    {
        Name = baseline.Name,
        Accuracies = SplitAccuracies.Of(baseline),
        Sparsity = baseline.Sparsity,
        Epochs = baseline.Epochs,
        ExpectedCalibrationError = Calibration(baseline.Evaluation),
    };

    private static StudyCycle Cycle(ReportedCycle cycle, IReadOnlyList<ReportedBaseline> baselines) => new()
    {
        Cycle = cycle.Cycle,
        Sparsity = cycle.Sparsity,
        Soup = SplitAccuracies.Of(cycle.Soup.Evaluation),
        Candidates = SplitAccuracies.Mean(cycle.Candidates),
        Baselines = baselines.Where(b => b.Compared.Cycles.Count >= cycle.Cycle).ToDictionary(
            b => b.Name, b => SplitAccuracies.Of(b, cycle.Cycle), StringComparer.Ordinal),
        Members = cycle.Admission.Members.Count,
        Distance = MeanOfPairs(cycle.Admission.Distances),
        Barrier = cycle.Admission.LossLines.Count == 0 ? null : cycle.Admission.LossLines.Max(l => l.Barrier),
    };

    private static double? Calibration(EvaluationReport? evaluation) => evaluation?.Test.ExpectedCalibrationError is { } error && double.IsFinite(error) ? error : null;

    private static double? MeanOfPairs(IReadOnlyList<IReadOnlyList<double>> distances) => distances.Count < 2
        ? null
        : Enumerable.Range(0, distances.Count).SelectMany(i => distances[i].Skip(i + 1)).Average();
}
