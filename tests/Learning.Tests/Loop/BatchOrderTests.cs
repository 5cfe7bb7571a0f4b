using CsCheck;
using SparsePipeline.Learning.Loop;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class BatchOrderTests
{
    [Fact]
    public void Every_example_comes_at_most_once_per_epoch_and_at_most_one_is_left_out() =>
        Gen.Select(Gen.Int[2, 500], Gen.Int[1, 70], Gen.Long, Gen.Int[0, 1000]).Sample((examples, size, seed, epoch) =>
        {
            var order = new BatchOrder(examples, size, seed);
            var batches = order.Epoch(epoch).ToList();
            var seen = batches.SelectMany(b => b).ToList();

            batches.Count.ShouldBe(order.BatchesPerEpoch);
            seen.Distinct().Count().ShouldBe(seen.Count);
            seen.Count.ShouldBeGreaterThanOrEqualTo(examples - 1);
            seen.ShouldAllBe(i => i >= 0 && i < examples);
        });

    [Fact]
    public void The_order_differs_between_epochs_and_repeats_for_the_same_one()
    {
        var order = new BatchOrder(100, 10, seed: 1);

        order.Epoch(0).First().ShouldBe(new BatchOrder(100, 10, seed: 1).Epoch(0).First());
        order.Epoch(0).First().ShouldNotBe(order.Epoch(1).First());
    }

    [Fact]
    public void A_single_left_over_example_is_dropped_because_BatchNorm_cannot_normalise_it() =>
        new BatchOrder(21, 10, seed: 1).Epoch(0).Select(b => b.Length).ShouldBe([10, 10]);

    [Fact]
    public void Two_left_over_examples_are_a_batch() => new BatchOrder(22, 10, seed: 1).Epoch(0).Select(b => b.Length).ShouldBe([10, 10, 2]);
}
