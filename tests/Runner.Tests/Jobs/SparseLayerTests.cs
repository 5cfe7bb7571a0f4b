using SparsePipeline.Learning.Metrics;
using SparsePipeline.Runner.Jobs;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class SparseLayerTests
{
    // Twice the number above to the left, plus 10.
    private static readonly CapturedLayer Convolution = new()
    {
        Name = "conv",
        WeightShape = [1, 1, 3, 3],
        Weights = [2, 0, 0, 0, 0, 0, 0, 0, 0],
        Bias = [10],
        InputShape = [1, 1, 2, 3],
        Inputs = [1, 2, 3, 4, 5, 6],
        Outputs = [10, 10, 10, 10, 12, 14],
        Steps = (1, 1),
        RunDense = () => { },
    };

    [Fact]
    public void A_convolution_is_computed_as_captured() => SparseLayer.Of(Convolution, threads: 2)!.Difference.ShouldBe(0);

    [Fact]
    public void What_differs_from_the_network_is_told_as_a_share_of_the_greatest_output() =>
        SparseLayer.Of(Convolution with { Outputs = [10, 10, 10, 10, 12, 16] }, threads: 1)!.Difference.ShouldBe(2 / 16.0);

    [Fact]
    public void A_convolution_with_other_steps_has_no_sparse_form() => SparseLayer.Of(Convolution with { Steps = null }, threads: 1).ShouldBeNull();
}
