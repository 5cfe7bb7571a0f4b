using CsCheck;

namespace SparsePipeline.Chaos.Schedule;

public sealed class ChaosScheduleTests
{
    private static readonly FaultKind[] Kinds = [new("often", 6), new("sometimes", 3), new("seldom", 1)];

    [Fact]
    public void The_same_seed_gives_the_same_faults_and_another_seed_others()
    {
        var once = ChaosSchedule.Of(7, 50, Kinds);

        ChaosSchedule.Of(7, 50, Kinds).ShouldBe(once);
        ChaosSchedule.Of(8, 50, Kinds).ShouldNotBe(once);
    }

    [Fact]
    public void Kinds_come_as_often_as_their_weights_say()
    {
        var counts = ChaosSchedule.Of(1, 100, Kinds).CountBy(f => f.Kind.Name).ToDictionary();

        counts["often"].ShouldBe(60);
        counts["sometimes"].ShouldBe(30);
        counts["seldom"].ShouldBe(10);
    }

    [Fact]
    public void Every_kind_comes_once_as_soon_as_there_are_enough_faults() =>
        Gen.Int.Select(Gen.Int[3, 200]).Sample((seed, count) =>
        {
            var faults = ChaosSchedule.Of(seed, count, Kinds);
            return faults.Count == count && Kinds.All(k => faults.Any(f => f.Kind == k)) && faults.Select((f, i) => f.Index == i).All(x => x);
        });

    [Fact]
    public void No_faults_are_a_schedule_too() => ChaosSchedule.Of(1, 0, Kinds).ShouldBeEmpty();
}
