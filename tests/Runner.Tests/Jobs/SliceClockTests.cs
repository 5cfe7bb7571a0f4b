using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Runner.Jobs;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class SliceClockTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_save_is_due_after_the_interval_and_again_after_the_next()
    {
        var clock = new SliceClock(_time, budgetSeconds: 100, checkpointSeconds: 10);
        Advance(9);
        clock.IsSaveDue.ShouldBeFalse();
        Advance(1);
        clock.IsSaveDue.ShouldBeTrue();
        clock.Saved();
        Advance(9);
        clock.IsSaveDue.ShouldBeFalse();
        Advance(1);
        clock.IsSaveDue.ShouldBeTrue();
    }

    [Fact]
    public void At_the_end_of_the_budget_a_save_is_due_whatever_the_interval()
    {
        var clock = new SliceClock(_time, budgetSeconds: 5, checkpointSeconds: 10);
        Advance(4);
        (clock.IsSpent, clock.IsSaveDue).ShouldBe((false, false));
        Advance(1);
        (clock.IsSpent, clock.IsSaveDue).ShouldBe((true, true));
    }

    private void Advance(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
