using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class SweepRoundsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private readonly SweepRounds _rounds = new();
    private readonly Dictionary<string, RunLook> _looks = new(StringComparer.Ordinal);

    [Fact]
    public void Few_runs_are_all_looked_at_in_every_sweep()
    {
        var active = Runs(SweepRounds.Quiet);

        for (var i = 0; i < 4; i++)
            Sweep(active).ShouldBe(active, ignoreOrder: true);
    }

    [Fact]
    public void Of_many_runs_each_comes_round_in_its_turn_and_a_sweep_costs_no_more()
    {
        var active = Runs(10 * SweepRounds.Quiet);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        SettleDown(active);
        for (var i = 0; i < 10; i++)
        {
            var looked = Sweep(active);
            looked.Count.ShouldBe(SweepRounds.Quiet);
            seen.UnionWith(looked);
        }

        seen.ShouldBe(active, ignoreOrder: true);
    }

    [Fact]
    public void A_run_that_appears_changes_or_has_a_step_at_work_is_looked_at_at_once()
    {
        var active = Runs(10 * SweepRounds.Quiet);
        SettleDown(active);
        var busy = Sweep(active)[0];
        _looks[busy] = new RunLook("one more step", IsAtWork: true, WakeAt: null);
        while (!Sweep(active).Contains(busy))
        {
        }

        active.Add("new");
        var next = Sweep(active);

        next.ShouldContain(busy);
        next.ShouldContain("new");
        next.Count.ShouldBe(SweepRounds.Quiet + 2);
    }

    [Fact]
    public void A_run_whose_deadline_has_come_is_looked_at()
    {
        var active = Runs(10 * SweepRounds.Quiet);
        _looks[active[^1]] = new RunLook("waits", IsAtWork: false, WakeAt: Now);
        SettleDown(active);

        Sweep(active).ShouldContain(active[^1]);
        Sweep(active).ShouldContain(active[^1]);
    }

    // As often as it takes until every run was seen twice and nothing is news any more.
    private void SettleDown(List<string> active)
    {
        for (var i = 0; i < 3 * active.Count / SweepRounds.Quiet; i++)
            Sweep(active);
    }

    private IReadOnlyList<string> Sweep(List<string> active)
    {
        var chosen = _rounds.Choose(active, Now);
        foreach (var run in chosen)
            _rounds.Looked(run, _looks.GetValueOrDefault(run, new RunLook("waits", IsAtWork: false, WakeAt: null)));
        return chosen;
    }

    private static List<string> Runs(int count) => [.. Enumerable.Range(0, count).Select(i => $"run-{i:0000}")];
}
