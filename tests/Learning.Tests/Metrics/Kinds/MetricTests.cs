using SparsePipeline.Contracts;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Metrics.Kinds;

namespace SparsePipeline.Learning.Tests.Metrics.Kinds;

/// <summary>Numbers worked out by hand.</summary>
public sealed class MetricTests
{
    [Fact]
    public void Top_5_takes_the_first_of_equal_classes()
    {
        // Of seven equal classes the first five are in; class 4 is, class 5 is not. A class of its own is the most probable one.
        var equal = Enumerable.Repeat(1.0 / 7, 7).ToArray();

        Of(TopFiveAccuracy.Name, 7, (equal, 4), (equal, 5)).ShouldBe(0.5);
        Of(TopFiveAccuracy.Name, 7, ([0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.94], 6)).ShouldBe(1);
    }

    [Fact]
    public void Balanced_accuracy_counts_each_class_that_occurs_alike()
    {
        // Class 0: 3 of 4 right; class 1: 0 of 1; class 2 does not occur. (0.75 + 0) / 2, where the accuracy is 0.6.
        Of(BalancedAccuracy.Name, 3, (Sure(0), 0), (Sure(0), 0), (Sure(0), 0), (Sure(1), 0), (Sure(0), 1)).ShouldBe(0.375);
    }

    [Fact]
    public void Macro_F1_is_the_mean_of_the_classes_F1()
    {
        // Class 0: 3 right, 4 true, 4 predicted: 6/8. Class 1: 0 right, 1 true, 1 predicted: 0. Class 2 is neither and is left out.
        Of(MacroF1.Name, 3, (Sure(0), 0), (Sure(0), 0), (Sure(0), 0), (Sure(1), 0), (Sure(0), 1)).ShouldBe(0.375);
        // Class 2 is predicted once and never true: its F1 is 0 and counts.
        Of(MacroF1.Name, 3, (Sure(0), 0), (Sure(2), 0)).ShouldBe((2.0 / 3 + 0) / 2);
    }

    [Fact]
    public void The_perplexity_of_guessing_among_four_is_four() =>
        Of(Perplexity.Name, 4, ([0.25, 0.25, 0.25, 0.25], 0), ([0.25, 0.25, 0.25, 0.25], 3)).ShouldBe(4, 1e-6);

    [Fact]
    public void Error_detection_is_the_share_of_pairs_in_which_the_right_one_is_surer()
    {
        // Right at 0.9 and 0.6, wrong at 0.7 and 0.6: of four pairs 0.9 wins two, 0.6 loses to 0.7 and ties with 0.6: 2.5 / 4.
        double? Auroc(params (double[] Probabilities, int Label)[] predictions) => Value(ErrorDetection.Name, 2, predictions);

        Auroc(([0.9, 0.1], 0), ([0.6, 0.4], 0), ([0.7, 0.3], 1), ([0.6, 0.4], 1)).ShouldBe(0.625);
        Auroc(([0.9, 0.1], 0), ([0.6, 0.4], 0)).ShouldBeNull("nothing is wrong");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_metric_says_how_it_is_read_has_none_of_no_predictions_and_takes_no_notice_of_the_order(string name)
    {
        var metric = FurtherMetrics.Registry.Find(name);
        (double[], int)[] predictions = [.. Enumerable.Range(0, 40).Select(i => (Probabilities(i), i * 7 % 6))];

        metric.Info.Figure.ShouldNotBeNull().Unit.ShouldBeOneOf(FigureInfo.Share, FigureInfo.Real);
        metric.Info.Paper.ShouldNotBeNull();
        Value(name, 6).ShouldBeNull();
        Value(name, 6, [.. predictions.Reverse()])!.Value.ShouldBe(Value(name, 6, predictions)!.Value, 1e-12);
        if (metric.Info.Figure!.Unit == FigureInfo.Share)
            Value(name, 6, predictions)!.Value.ShouldBeInRange(0, 1);
    }

    public static TheoryData<string> Names => [.. FurtherMetrics.Registry.Infos.Select(i => i.Name)];

    [Fact]
    public void A_split_has_the_metrics_that_were_asked_for_and_no_others()
    {
        var metrics = new ClassificationMetrics(3, further: [FurtherMetrics.Registry.Find(MacroF1.Name), FurtherMetrics.Registry.Find(ErrorDetection.Name)]);
        metrics.Add(Logarithms(Sure(0)), [0]);

        metrics.Report().Metrics.ShouldNotBeNull().ShouldBe(new Dictionary<string, double> { [MacroF1.Name] = 1 });
        ClassificationMetrics.Of(Logarithms(Sure(0)), [0], classes: 3).Metrics.ShouldBeNull();
    }

    private static double[] Sure(int label) => [.. Enumerable.Range(0, 3).Select(c => c == label ? 0.8 : 0.1)];

    private static double[] Probabilities(int seed)
    {
        double[] raw = [.. Enumerable.Range(0, 6).Select(c => 1.0 + ((seed + 1) * (c + 2) % 11))];
        return [.. raw.Select(r => r / raw.Sum())];
    }

    private static double Of(string name, int classes, params (double[] Probabilities, int Label)[] predictions) => Value(name, classes, predictions)!.Value;

    private static double? Value(string name, int classes, params (double[] Probabilities, int Label)[] predictions)
    {
        var sum = FurtherMetrics.Registry.Find(name).Begin(classes);
        foreach (var (probabilities, label) in predictions)
            sum.Add(Logarithms(probabilities), label);
        return sum.Value;
    }

    private static float[] Logarithms(double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p))];
}
