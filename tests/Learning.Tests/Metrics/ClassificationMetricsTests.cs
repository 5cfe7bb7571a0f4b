using SparsePipeline.Contracts;
using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Learning.Tests.Metrics;

/// <summary>Four examples, three classes: probabilities written out, class 2 never occurs.</summary>
public sealed class ClassificationMetricsTests
{
    private static readonly SplitReport Report = Of(
        [0.7, 0.2, 0.1], // 0, right
        [0.5, 0.3, 0.2], // 1, wrong
        [0.1, 0.9, 0.0], // 1, right
        [0.6, 0.3, 0.1]); // 0, right

    [Fact]
    public void Accuracy_is_the_share_of_right_predictions() => Report.Accuracy.ShouldBe(0.75);

    [Fact]
    public void Loss_is_the_mean_negative_log_probability_of_the_labels() =>
        Report.Loss.ShouldBe(-(Math.Log(0.7) + Math.Log(0.3) + Math.Log(0.9) + Math.Log(0.6)) / 4, 1e-6);

    [Fact]
    public void Recall_per_class_is_null_for_a_class_without_examples() => Report.ClassAccuracies.ShouldBe([1.0, 0.5, null]);

    [Fact]
    public void The_worst_class_is_the_one_with_the_smallest_recall() => Report.WorstClassAccuracy.ShouldBe(0.5);

    /// <summary>Each confidence has a bin of its own: (0.3 + 0.5 + 0.1 + 0.4) / 4.</summary>
    [Fact]
    public void Calibration_error_adds_up_the_gaps_of_the_bins() => Report.ExpectedCalibrationError.ShouldBe(0.325, 1e-6);

    /// <summary>0.95 and 0.97 share the last bin: |1 − 1.92| / 2.</summary>
    [Fact]
    public void Right_and_wrong_in_one_bin_make_up_for_each_other() =>
        Of([0.95, 0.05, 0], [0.97, 0.03, 0]).ExpectedCalibrationError.ShouldBe(0.46, 1e-6);

    [Fact]
    public void Of_equal_probabilities_the_first_class_is_predicted() => Of([0.5, 0.5, 0], [0.5, 0.5, 0]).Accuracy.ShouldBe(0.5);

    [Fact]
    public void An_output_that_is_not_a_number_is_a_failure() =>
        Should.Throw<DomainException>(() => Of([double.NaN, 0, 0], [1, 0, 0])).Failure.Code.ShouldBe(FailureCodes.NotFinite);

    private static SplitReport Of(params double[][] probabilities) => ClassificationMetrics.Of(
        probabilities.SelectMany(row => row.Select(p => (float)Math.Log(p))).ToArray(), new byte[] { 0, 1, 1, 0 }[..probabilities.Length], classes: 3);
}
