using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Tests.Steps;

public sealed class StepSlotsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();
    private readonly StepSlots<TrainSpec> _slots;

    public StepSlotsTests() => _slots = new(capacity: 2, Patience, _time);

    [Fact]
    public void No_more_steps_are_taken_on_than_can_run()
    {
        _slots.TryReserve("a").ShouldBeTrue();
        _slots.TryReserve("b").ShouldBeTrue();
        _slots.TryReserve("c").ShouldBeFalse();

        _slots.Free("a");

        _slots.TryReserve("c").ShouldBeTrue();
    }

    [Fact]
    public void A_step_has_one_slot()
    {
        _slots.TryReserve("a").ShouldBeTrue();
        _slots.TryReserve("a").ShouldBeFalse();
    }

    [Fact]
    public void A_running_step_is_not_started_twice()
    {
        _slots.TryStart("a").ShouldBeTrue();
        _slots.TryStart("a").ShouldBeFalse();

        _slots.Continue("a");

        _slots.TryStart("a").ShouldBeTrue("a continuation is the same step's next sitting");
    }

    [Fact]
    public void A_command_that_never_arrives_gives_its_slot_up_and_a_running_step_never_does()
    {
        _slots.TryReserve("lost");
        _slots.TryStart("running");

        _time.Advance(Patience);

        _slots.TryReserve("lost").ShouldBeTrue();
        _slots.TryReserve("running").ShouldBeFalse();
    }

    [Fact]
    public void A_step_that_threw_is_left_alone_for_a_while_and_takes_no_slot_from_others()
    {
        _slots.TryStart("a");
        _slots.Fault("a");

        _slots.TryReserve("a").ShouldBeFalse();
        _slots.TryReserve("b").ShouldBeTrue();
        _slots.TryReserve("c").ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(5));
        _slots.Free("b");
        _slots.TryReserve("a").ShouldBeTrue();
    }

    [Fact]
    public void A_retry_of_a_step_that_threw_may_start_at_once()
    {
        _slots.TryStart("a");
        _slots.Fault("a");

        _slots.TryStart("a").ShouldBeTrue();
    }
}
