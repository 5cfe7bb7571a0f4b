using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;
using SparsePipeline.Reporting.Studies.Claims;

namespace SparsePipeline.Reporting.Tests.Studies;

/// <summary>Holm's step-down procedure, worked out by hand for three seeds: t has 2 degrees of freedom, where p = 1 − t / √(2 + t²).</summary>
public sealed class HolmFamilyTests
{
    [Fact]
    public void Levels_p_values_and_intervals_are_those_worked_out_by_hand()
    {
        // Means 0.04, 0.002 and 0.02 with s = 0.002, 0.002 and 0.0035: s / √3 = 0.0011547, 0.0011547 and 0.0020207.
        // t = 34.641, 1.7321 and 9.8974; p = 0.000832, 0.225403 and 0.010054.
        var corrected = HolmFamily.Of([Around(0.04, 0.002), Around(0.002, 0.002), Around(0.02, 0.0035)], MeasureInfo.Accuracy);

        corrected.Select(c => (c.Family, c.Step)).ShouldBe([(3, 1), (3, 3), (3, 2)]);
        corrected.Select(c => c.Level).ShouldBe([0.05 / 3, 0.05, 0.05 / 2], 1e-12);
        Values(c => c.PValue).ShouldBe([0.000832, 0.225403, 0.010054], 1e-6);
        // 3 · 0.000832; 1 · 0.225403; 2 · 0.010054.
        Values(c => c.AdjustedPValue).ShouldBe([0.002497, 0.225403, 0.020109], 1e-6);
        corrected.Select(c => c.Verdict).ShouldBe([Verdicts.Supported, Verdicts.Undecided, Verdicts.Supported]);
        // t(2) at a = 0.05 / 3 is √2 · (1 − a) / √(a (2 − a)) = 7.6488; at 0.05 / 2 it is 6.2053.
        corrected[0].Interval!.Lower.ShouldBe(0.04 - (7.6488 * 0.0011547), 1e-6);
        corrected[2].Interval!.Upper.ShouldBe(0.02 + (6.2053 * 0.0020207), 1e-6);

        List<double> Values(Func<CorrectedVerdict, double?> value) => [.. corrected.Select(c => value(c)!.Value)];
    }

    [Fact]
    public void What_comes_after_the_first_claim_that_is_not_decided_is_not_decided_although_its_own_level_would()
    {
        // Both p = 0.034: above 0.05 / 2, so the first is not decided, and the second, below 0.05, is not either.
        var corrected = HolmFamily.Of([Around(0.01, 0.0033), Around(-0.01, 0.0033)], MeasureInfo.Accuracy);

        StudentVerdict(Around(0.01, 0.0033)).ShouldBe(Verdicts.Supported, "by itself it is decided");
        corrected.ShouldAllBe(c => c.Verdict == Verdicts.Undecided && c.Level == 0.025);
        corrected[0].Interval!.Lower.ShouldBeLessThan(0);
    }

    [Fact]
    public void A_claim_alone_in_its_family_has_the_plain_interval()
    {
        var alone = HolmFamily.Of([Around(0.01, 0.003)], MeasureInfo.Accuracy).ShouldHaveSingleItem();

        (alone.Family, alone.Step, alone.Level).ShouldBe((1, 1, 0.05));
        alone.Interval.ShouldBe(Around(0.01, 0.003).Interval);
        alone.AdjustedPValue.ShouldBe(alone.PValue);
    }

    [Fact]
    public void One_seed_decides_nothing_and_counts_as_a_claim_of_the_family_all_the_same()
    {
        var corrected = HolmFamily.Of([PairedBySeed.Of([KeyValuePair.Create(1L, 0.5)]), Around(0.01, 0.0005)], MeasureInfo.Accuracy);

        (corrected[0].PValue, corrected[0].Interval, corrected[0].Verdict, corrected[0].Step).ShouldBe((null, null, Verdicts.Undecided, 2));
        (corrected[1].Family, corrected[1].Level).ShouldBe((2, 0.025));
    }

    private static string StudentVerdict(SeedDifferences differences) => Verdicts.Of(differences.Interval, MeasureInfo.Accuracy);

    // Three values with that mean and that sample standard deviation.
    private static SeedDifferences Around(double mean, double deviation) =>
        PairedBySeed.Of([KeyValuePair.Create(1L, mean - deviation), KeyValuePair.Create(2L, mean), KeyValuePair.Create(3L, mean + deviation)]);
}
