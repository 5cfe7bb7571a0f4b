using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class CalibrationBinsTests
{
    /// <summary>
    /// MulticlassCalibrationError in the documentation of TorchMetrics 1.0, three bins: 0.55, 0.55 and 0.60 sure and right once, 0.90 sure and
    /// right; l1 0.2000, max 0.2333.
    /// </summary>
    [Fact]
    public void The_published_example_comes_out()
    {
        var bins = new CalibrationBins(3);
        bins.Add(0.55, correct: false);
        bins.Add(0.55, correct: false);
        bins.Add(0.60, correct: true);
        bins.Add(0.90, correct: true);

        bins.ExpectedError.ShouldBe(0.2, 1e-12);
        bins.MaximumError.ShouldBe(0.7 / 3, 1e-12);
    }

    [Theory]
    [InlineData(1.0 / 15)]
    [InlineData(1.0)]
    public void An_edge_belongs_to_the_bin_below_it(double edge)
    {
        var bins = new CalibrationBins();
        bins.Add(edge, correct: true);
        bins.Add(edge - 0.01, correct: false);

        bins.ExpectedError.ShouldBe(Math.Abs(1 - edge - (edge - 0.01)) / 2, 1e-12, "both are in one bin");
    }

    [Fact]
    public void Without_examples_there_is_no_error()
    {
        var bins = new CalibrationBins();

        (bins.ExpectedError, bins.MaximumError).ShouldBe((0, 0));
    }
}
