using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class EmaAveragingTests
{
    /// <summary>d = ½ on 1, 2, 4: (¼·1 + ½·2 + 1·4) / 1.75.</summary>
    [Fact]
    public void Later_updates_count_more_and_the_shares_add_up_to_1() =>
        AveragePath.Walk(MethodSpecs.Of("ema", ("decay", 0.5)), 1, AveragePath.Of(1, 2, 4))[0].ShouldBe(3f, 1e-6);

    /// <summary>The plain recursion m ← d·m + (1 − d)·w from 0 on, divided by 1 − d⁴, at d = 0.9: 0.7734 / 0.3439.</summary>
    [Fact]
    public void It_is_the_recursion_from_0_divided_by_what_the_shares_add_up_to()
    {
        var (mean, path) = (0.0, new float[] { 3, 1, -1, 5 });
        foreach (var weight in path)
            mean = 0.9 * mean + 0.1 * weight;

        AveragePath.Walk(MethodSpecs.Of("ema", ("decay", 0.9)), 2, AveragePath.Of(path))[0].ShouldBe((float)(mean / (1 - Math.Pow(0.9, 4))), 1e-5);
        mean.ShouldBe(0.7097, 1e-4);
    }

    [Fact]
    public void The_first_update_is_its_own_average() => AveragePath.Walk(MethodSpec.Of("ema"), 1, AveragePath.Of(0.3f))[0].ShouldBe(0.3f);
}
