using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class SparsityScheduleTests
{
    public static TheoryData<string> Names => new(SparsitySchedules.Registry.All.Select(s => s.Info.Name));

    [Fact]
    public void Three_geometric_cycles_to_98_percent_are_those_of_Sparse_Model_Soups()
    {
        var levels = SparsitySchedules.Find(GeometricSchedule.Name).Levels(0.98, 3);

        levels[0].ShouldBe(0.7286, 1e-4);
        levels[1].ShouldBe(0.9263, 1e-4);
        levels[2].ShouldBe(0.98);
    }

    [Fact]
    public void Geometric_cycles_prune_the_same_fraction_of_what_remains() =>
        Gen.Select(Gen.Double[0, 0.999], Gen.Int[1, 20]).Sample((target, cycles) =>
        {
            double[] levels = [0, .. SparsitySchedules.Find(GeometricSchedule.Name).Levels(target, cycles)];
            var p = 1 - Math.Pow(1 - target, 1.0 / cycles);
            for (var j = 1; j <= cycles; j++)
                ((levels[j] - levels[j - 1]) / (1 - levels[j - 1])).ShouldBe(p, 1e-9);
        });

    [Fact]
    public void One_shot_prunes_in_the_first_cycle() =>
        SparsitySchedules.Find(OneShotSchedule.Name).Levels(0.9, 3).ShouldBe([0.9, 0.9, 0.9]);

    [Fact]
    public void Linear_prunes_the_same_number_of_weights_in_every_cycle() => Levels(LinearSchedule.Name, 0.9, 3).ShouldBe([0.3, 0.6, 0.9], 1e-12);

    /// <summary>0.9 − 0.9 · (2/3)³ = 0.9 − 0.9 · 8/27 = 19/30, then 0.9 − 0.9 / 27 = 26/30.</summary>
    [Fact]
    public void Cubic_is_the_ramp_of_Zhu_and_Gupta() => Levels(CubicSchedule.Name, 0.9, 3).ShouldBe([19.0 / 30, 26.0 / 30, 0.9], 1e-12);

    [Fact]
    public void Cubic_cuts_less_in_every_cycle_than_in_the_one_before() =>
        Gen.Select(Gen.Double[0.01, 0.999], Gen.Int[2, 20]).Sample((target, cycles) =>
        {
            double[] levels = [0, .. Levels(CubicSchedule.Name, target, cycles)];
            levels.Zip(levels.Skip(1), (before, after) => after - before).ShouldBeInOrder(SortDirection.Descending);
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_schedule_ascends_to_exactly_its_target(string name) =>
        Gen.Select(Gen.Double[0, 0.999], Gen.Int[1, 20]).Sample((target, cycles) =>
        {
            var levels = SparsitySchedules.Find(name).Levels(target, cycles);
            levels.Count.ShouldBe(cycles);
            levels.ShouldBeInOrder();
            levels.ShouldAllBe(l => l >= 0 && l < 1);
            levels[^1].ShouldBe(target);
        });

    [Theory]
    [InlineData(1.0, 3)]
    [InlineData(-0.1, 3)]
    [InlineData(double.NaN, 3)]
    [InlineData(0.5, 0)]
    public void Arguments_out_of_range_are_refused_by_every_schedule(double target, int cycles)
    {
        foreach (var schedule in SparsitySchedules.Registry.All)
            Should.Throw<ArgumentOutOfRangeException>(() => schedule.Levels(target, cycles));
    }

    private static IReadOnlyList<double> Levels(string schedule, double target, int cycles) => SparsitySchedules.Find(schedule).Levels(target, cycles);
}
