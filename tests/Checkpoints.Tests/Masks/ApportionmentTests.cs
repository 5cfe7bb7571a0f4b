using CsCheck;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class ApportionmentTests
{
    [Fact]
    public void Fractions_go_to_the_largest_remainders_first() =>
        // 10 over 3 : 3 : 1 is 4.29, 4.29, 1.43: the last one has the largest remainder.
        Apportionment.Split(10, [3, 3, 1], [9, 9, 9]).ShouldBe([4, 4, 2]);

    [Fact]
    public void Equal_remainders_go_to_the_lower_index() => Apportionment.Split(3, [1, 1], [9, 9]).ShouldBe([2, 1]);

    [Fact]
    public void What_a_cap_cuts_off_goes_to_the_others_in_proportion() => Apportionment.Split(9, [1, 1, 1], [1, 9, 9]).ShouldBe([1, 4, 4]);

    [Fact]
    public void Shares_add_up_and_stay_below_their_caps() =>
        Gen.Select(Gen.Select(Gen.Double[0.1, 100], Gen.Long[0, 50]).Array[1, 8], Gen.Double[0, 1]).Sample((layers, part) =>
        {
            var caps = layers.Select(l => l.Item2).ToList();
            var total = (long)(caps.Sum() * part);
            var shares = Apportionment.Split(total, [.. layers.Select(l => l.Item1)], caps);
            shares.Sum().ShouldBe(total);
            shares.Zip(caps).ShouldAllBe(s => s.First >= 0 && s.First <= s.Second);
        });
}
