using CsCheck;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class SwaAveragingTests
{
    /// <summary>Four epochs of two updates: epoch 3 ends with 6 and epoch 4 with 9, so the mean is 7.5.</summary>
    [Fact]
    public void The_ends_of_the_epochs_of_the_last_quarter_are_averaged() =>
        AveragePath.Walk(MethodSpec.Of("swa"), 2, AveragePath.Of(1, 2, 3, 4, 5, 6, 7, 9))[0].ShouldBe(7.5f, 1e-6);

    /// <summary>Of ten epochs 0.75 is in the eighth; the last end before it is that of the seventh: (1 + 2 + 3 + 6) / 4.</summary>
    [Fact]
    public void A_start_within_an_epoch_counts_from_the_end_before_it() =>
        AveragePath.Walk(MethodSpec.Of("swa"), 1, AveragePath.Of(9, 9, 9, 9, 9, 9, 1, 2, 3, 6))[0].ShouldBe(3f, 1e-6);

    [Fact]
    public void A_start_of_0_averages_the_ends_of_all_epochs() =>
        AveragePath.Walk(MethodSpecs.Of("swa", ("start", 0.0)), 2, AveragePath.Of(8, 1, 8, 2, 8, 6))[0].ShouldBe(3f, 1e-6);

    [Fact]
    public void A_training_of_one_epoch_is_its_own_average() =>
        AveragePath.Walk(MethodSpec.Of("swa"), 3, AveragePath.Of(1, 2, 5))[0].ShouldBe(5f);

    [Fact]
    public void The_mean_does_not_depend_on_the_order_of_its_members() => Gen.Float[-10, 10].Array[4].Sample(points =>
    {
        var all = MethodSpecs.Of("swa", ("start", 0.0));

        AveragePath.Walk(all, 1, AveragePath.Of(points))[0].ShouldBe(AveragePath.Walk(all, 1, AveragePath.Of(points.Order()))[0], 1e-5);
    }, iter: 50);

    [Fact]
    public void The_rates_are_those_of_the_schedule_unless_one_is_set()
    {
        AveragePath.Rates(MethodSpec.Of("swa"), 1, 0.4, 0.3, 0.2, 0.1).ShouldBe([0.4, 0.3, 0.2, 0.1]);
        AveragePath.Rates(MethodSpecs.Of("swa", ("start", 0.5), ("rate", 0.25)), 1, 0.4, 0.3, 0.2, 0.1).ShouldBe([0.4, 0.3, 0.1, 0.1]);
    }
}
