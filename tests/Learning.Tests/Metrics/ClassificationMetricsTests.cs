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

    /// <summary>The second example is alone in its bin, 0.5 sure and wrong.</summary>
    [Fact]
    public void Maximum_calibration_error_is_the_largest_gap_of_a_bin() => Report.MaximumCalibrationError!.Value.ShouldBe(0.5, 1e-6);

    /// <summary>0.3² + 0.2² + 0.1² = 0.14, 0.5² + 0.7² + 0.2² = 0.78, 0.1² + 0.1² = 0.02, 0.4² + 0.3² + 0.1² = 0.26; their mean.</summary>
    [Fact]
    public void Brier_score_is_the_mean_squared_distance_from_the_truth() => Report.BrierScore!.Value.ShouldBe(0.3, 1e-6);

    /// <summary>Table 1 of Brier 1950: ten forecasts of rain (0) or no rain (1), score 0.19.</summary>
    [Fact]
    public void Brier_score_of_the_paper_s_example_is_the_paper_s()
    {
        double[] rain = [0.7, 0.9, 0.8, 0.4, 0.2, 0, 0, 0, 0, 0.1];
        byte[] weather = [1, 0, 0, 0, 1, 1, 1, 1, 1, 1];

        var report = ClassificationMetrics.Of(rain.SelectMany(p => new[] { (float)Math.Log(p), (float)Math.Log(1 - p) }).ToArray(), weather, classes: 2);

        report.BrierScore!.Value.ShouldBe(0.19, 1e-6);
        report.Accuracy.ShouldBe(0.8);
    }

    [Fact]
    public void The_Brier_score_of_the_certain_is_0_when_right_and_2_when_wrong()
    {
        Of([1, 0, 0]).BrierScore.ShouldBe(0);
        Of([0, 0, 1]).BrierScore.ShouldBe(2);
    }

    [Fact]
    public void Every_accuracy_has_the_interval_of_its_own_examples()
    {
        Report.AccuracyInterval.ShouldBe(WilsonInterval.Of(3, 4));
        Report.WorstClassInterval.ShouldBe(WilsonInterval.Of(1, 2));
    }

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
