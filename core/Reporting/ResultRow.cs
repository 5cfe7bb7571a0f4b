using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>One line of the comparison, as shown in the terminal and in the report.</summary>
/// <param name="Name">For example <c>soup, cycle 2</c> or <c>imp-longer</c>.</param>
/// <param name="IsSoup">What the run is for is set off from what it is compared with.</param>
/// <param name="Measure">By what networks are compared, on the test split; an accuracy is in [0, 1].</param>
/// <param name="ShiftedMeasure">The same under shift, when the data set has one.</param>
/// <param name="Sparsity">Fraction of prunable weights that are zero.</param>
/// <param name="GlobalSparsity">Fraction of all parameters that are pruned weights, when it is known.</param>
/// <param name="Epochs">Retraining epochs spent on the path to it.</param>
/// <param name="TotalEpochs">The same with those of the pretraining.</param>
/// <param name="Networks">Networks evaluated for one prediction.</param>
/// <param name="Evaluation">The whole evaluation; null for a statistic over several checkpoints.</param>
/// <param name="SoupMinusThis">The last soup minus it on the test split, example by example; null for soups.</param>
public sealed record ResultRow(
    string Name,
    bool IsSoup,
    double Measure,
    double? ShiftedMeasure,
    double Sparsity,
    double? GlobalSparsity,
    int Epochs,
    int TotalEpochs,
    int Networks,
    EvaluationReport? Evaluation,
    PairedDifference? SoupMinusThis)
{
    /// <summary>Of the test accuracy; null for a mean over several checkpoints, and where something else is compared.</summary>
    public Interval? Interval => Evaluation is { Test.Primary: null } ? Evaluation.Test.AccuracyInterval : null;

    /// <summary>Of the accuracy under shift; likewise, and null without shifts.</summary>
    public Interval? ShiftedInterval => Evaluation is not { Test.Primary: null } ? null : WilsonInterval.Of([.. Evaluation.Shifts.Values]);

    /// <summary>
    /// Soups first, cycle by cycle, then the baselines in the report's order; what the test split chose comes last and is named so. Of a run without
    /// cycles of soups all its networks, in the order of the plan.
    /// </summary>
    public static IReadOnlyList<ResultRow> Of(RunReport report) =>
        [.. report.Cycles.Select(Of), .. report.Baselines.OrderBy(b => b.IsOracle).Select(Of), .. report.Networks.Select(n => Of(n, report.Network))];

    private static ResultRow Of(ReportedNetwork network, string? result) => new(
        network.Node,
        IsSoup: network.Node == result,
        network.Evaluation.Test.Measure,
        network.Evaluation.ShiftedMeasure,
        network.Sparsity ?? 0,
        GlobalSparsity: null,
        network.RetrainingEpochs,
        network.Epochs,
        Networks: 1,
        network.Evaluation,
        SoupMinusThis: null);

    private static ResultRow Of(ReportedCycle cycle) => new(
        $"soup, cycle {cycle.Cycle}",
        IsSoup: true,
        cycle.Soup.Measure,
        cycle.Soup.ShiftedMeasure,
        cycle.Sparsity,
        cycle.GlobalSparsity,
        cycle.Epochs,
        cycle.TotalEpochs,
        Networks: 1,
        cycle.Soup.Evaluation,
        SoupMinusThis: null);

    private static ResultRow Of(ReportedBaseline baseline) => new(
        baseline.IsOracle ? $"{baseline.Name} (chosen by test)" : baseline.Name,
        IsSoup: false,
        baseline.Compared.Test,
        baseline.Compared.Shifted,
        baseline.Sparsity,
        baseline.GlobalSparsity,
        baseline.Epochs,
        baseline.TotalEpochs,
        baseline.Networks,
        baseline.Evaluation,
        baseline.SoupMinusThis?.Test);
}
