using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Tests.Calibration;

public sealed class BatchNormRecalibrationTests
{
    /// <summary>
    /// Inputs are −1 and 3 in equal numbers: mean 1, variance 4, whatever batch they fall into. Momentum 0.1 over the two batches
    /// would have left the mean near 0.19 and the variance near 1.6.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Statistics_are_the_plain_average_over_the_batches_in_every_dimension(int rank)
    {
        using var network = new SmallNetwork(rank);
        var data = Constant(128, i => (byte)(i % 2 * 2)) with { Inputs = Constant(128, i => (byte)(i % 2)).Inputs };

        BatchNormRecalibration.Run(network, data, splitSeed: 42, share: 1);

        network.Mean.ShouldBe(1, 1e-5);
        network.Variance.ShouldBe(4, 0.1);
        network.BatchesTracked.ShouldBe(2);
    }

    [Fact]
    public void Trap_a_fraction_of_zero_leaves_the_statistics_alone_instead_of_resetting_them()
    {
        using var network = new SmallNetwork(2);
        BatchNormRecalibration.Run(network, Constant(64, i => (byte)(i % 3)), 42, share: 1);
        var (mean, variance) = (network.Mean, network.Variance);

        BatchNormRecalibration.Run(network, Constant(64, _ => 9), 42, share: 0).ShouldBeNull();

        (network.Mean, network.Variance).ShouldBe((mean, variance));
        variance.ShouldNotBe(1, "the statistics were measured");
    }

    [Fact]
    public void Trap_a_fraction_below_one_batch_is_an_error_instead_of_a_broken_network()
    {
        using var network = new SmallNetwork(2);

        var failure = Should.Throw<DomainException>(() => BatchNormRecalibration.Run(network, Constant(640, _ => 1), 42, share: 0.09)).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldBe("recalibration 0.09 of 640 training examples is 57, less than one batch of 64.");
    }

    /// <summary>57 examples are less than 64, and three batches of the 16 that an update sees.</summary>
    [Fact]
    public void A_share_below_64_examples_is_taken_by_the_batches_of_the_training()
    {
        using var network = new SmallNetwork(2);
        var data = Constant(640, i => (byte)(i % 2));

        BatchNormRecalibration.Run(network, data, 42, share: 0.09, trainingBatch: 16)!.ShouldSatisfyAllConditions(r => r.Batches.ShouldBe(3), r => r.BatchSize.ShouldBe(16));
        BatchNormRecalibration.Run(network, data, 42, share: 0.1, trainingBatch: 16)!.BatchSize.ShouldBe(64);
        Should.Throw<DomainException>(() => BatchNormRecalibration.Run(network, data, 42, share: 0.02, trainingBatch: 16))
            .Failure.Reason.ShouldBe("recalibration 0.02 of 640 training examples is 12, less than one batch of 16.");
    }

    [Fact]
    public void Trap_recalibration_sees_the_same_examples_every_time_and_records_the_seed()
    {
        using var first = new SmallNetwork(2);
        using var second = new SmallNetwork(2);

        var report = BatchNormRecalibration.Run(first, Trainings.Data, 42, share: 0.2);
        BatchNormRecalibration.Run(second, Trainings.Data, 42, share: 0.2);

        (second.Mean, second.Variance).ShouldBe((first.Mean, first.Variance));
        report.ShouldBe(new RecalibrationReport(Batches: 2, BatchSize: 64, SeedDerivation.Derive(42, "recalibration")));
    }

    [Fact]
    public void Trap_earlier_statistics_and_the_order_of_momentum_have_no_influence()
    {
        using var fresh = new SmallNetwork(1);
        using var used = new SmallNetwork(1);
        BatchNormRecalibration.Run(used, Constant(64, i => (byte)i), 42, share: 1);

        BatchNormRecalibration.Run(fresh, Trainings.Data, 42, share: 0.5);
        BatchNormRecalibration.Run(used, Trainings.Data, 42, share: 0.5);

        (used.Mean, used.Variance, used.BatchesTracked).ShouldBe((fresh.Mean, fresh.Variance, fresh.BatchesTracked));
    }

    [Fact]
    public void The_network_comes_back_in_evaluation_mode_and_averages_with_momentum_again()
    {
        using var network = new SmallNetwork(2);

        BatchNormRecalibration.Run(network, Trainings.Data, 42, share: 0.2);

        network.training.ShouldBeFalse();
        network.Cumulative.ShouldBeFalse();
    }

    private static DataSplits Constant(int count, Func<int, byte> value)
    {
        var shape = new InputShape(1, 8, 8);
        var pixels = Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat(value(i), shape.Size)).ToArray();
        var examples = new Examples(shape, pixels, new byte[count]);
        return Trainings.Data with { Training = examples, Inputs = Standardization.Of(examples) };
    }
}
