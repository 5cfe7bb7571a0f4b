using SparsePipeline.Reporting.Statistics;

namespace SparsePipeline.Reporting.Tests.Statistics;

public sealed class StudentIntervalTests
{
    [Fact]
    public void The_interval_of_three_values_is_that_worked_out_by_hand()
    {
        // 1, 2, 3: mean 2, s = 1, t(2) = 4.3027, reach 4.3027 / √3 = 2.4842.
        var interval = StudentInterval.Of([1, 2, 3])!;

        interval.Lower.ShouldBe(2 - 2.4842, 1e-3);
        interval.Upper.ShouldBe(2 + 2.4842, 1e-3);
        StudentInterval.Deviation([1, 2, 3])!.Value.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Two_values_give_the_widest_interval_and_one_gives_none()
    {
        // 0, 2: mean 1, s = √2, t(1) = 12.7062, reach 12.7062.
        StudentInterval.Of([0, 2])!.Upper.ShouldBe(13.7062, 1e-3);
        StudentInterval.Of([1]).ShouldBeNull();
        StudentInterval.Deviation([1]).ShouldBeNull();
    }

    [Fact]
    public void Equal_values_have_an_interval_of_one_point()
    {
        var interval = StudentInterval.Of([0.5, 0.5, 0.5])!;

        interval.Lower.ShouldBe(0.5, 1e-12);
        interval.Upper.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void An_interval_has_0_outside_exactly_when_the_test_is_below_its_level()
    {
        // Mean 2, s / √3 = 0.57735, t = 3.4641, p = 1 − t / √(2 + t²) = 0.07418: outside at 0.1, inside at 0.05.
        StudentInterval.PValue([1, 2, 3])!.Value.ShouldBe(0.07418, 1e-5);
        StudentInterval.Of([1, 2, 3], 0.1)!.Lower.ShouldBeGreaterThan(0);
        StudentInterval.Of([1, 2, 3], 0.05)!.Lower.ShouldBeLessThan(0);
        StudentInterval.Of([1, 2, 3], StudentInterval.PValue([1, 2, 3])!.Value)!.Lower.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Values_that_are_all_the_same_are_0_or_certainly_not()
    {
        StudentInterval.PValue([0, 0, 0]).ShouldBe(1);
        StudentInterval.PValue([0.5, 0.5, 0.5]).ShouldBe(0);
        StudentInterval.PValue([0.5]).ShouldBeNull();
    }
}
