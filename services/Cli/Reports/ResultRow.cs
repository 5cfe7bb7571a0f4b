using SparsePipeline.Contracts;
using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Cli.Reports;

/// <summary>One line of the comparison, as shown in the terminal and in the report.</summary>
/// <param name="Name">For example <c>soup, cycle 2</c> or <c>imp-longer</c>.</param>
/// <param name="IsSoup">Soups are set off from the baselines they are compared with.</param>
/// <param name="Accuracy">Test accuracy in [0, 1].</param>
/// <param name="ShiftedAccuracy">Accuracy under shift, when the data set has one.</param>
/// <param name="Sparsity">Fraction of prunable weights that are zero.</param>
/// <param name="Epochs">Retraining epochs spent on the path to it.</param>
/// <param name="Evaluation">The whole evaluation; null for a mean over several checkpoints.</param>
internal sealed record ResultRow(
    string Name, bool IsSoup, double Accuracy, double? ShiftedAccuracy, double Sparsity, int Epochs, EvaluationReport? Evaluation)
{
    /// <summary>Of the test accuracy; null for a mean over several checkpoints.</summary>
    public Interval? Interval => Evaluation?.Test.AccuracyInterval;

    /// <summary>Of the accuracy under shift; null for a mean and without shifts.</summary>
    public Interval? ShiftedInterval => Evaluation is null ? null : WilsonInterval.Of([.. Evaluation.Shifts.Values]);

    /// <summary>Soups first, cycle by cycle, then the baselines in the report's order.</summary>
    public static IReadOnlyList<ResultRow> Of(RunReport report) =>
    [
        .. report.Cycles.Select(c => new ResultRow(
            $"soup, cycle {c.Cycle}", IsSoup: true, c.Soup.Accuracy, c.Soup.ShiftedAccuracy, c.Sparsity, c.Epochs, c.Soup.Evaluation)),
        .. report.Baselines.Select(b => new ResultRow(
            b.Name, IsSoup: false, b.Accuracy, b.ShiftedAccuracy, b.Sparsity, b.Epochs, b.Evaluation)),
    ];
}
