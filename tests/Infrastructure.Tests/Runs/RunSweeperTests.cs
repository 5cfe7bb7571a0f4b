using NSubstitute;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RunSweeperTests : IDisposable
{
    private readonly RunWorld _world = new();
    private readonly TaskCompletionSource _hangs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Of_two_processes_one_sweeps_and_the_other_follows_when_it_stops()
    {
        using var one = _world.NewSweeper("one");
        using var other = _world.NewSweeper("other");
        var first = await _world.Runs.SubmitAsync(RunWorld.Recipe("first"), Token);
        await one.StartAsync(Token);
        (await NextNudgeAsync()).ShouldBe(first);
        await other.StartAsync(Token);

        await one.StopAsync(Token);
        await _world.Runs.CancelAsync(first, Token);
        var second = await _world.Runs.SubmitAsync(RunWorld.Recipe("second"), Token);

        (await NextNudgeAsync()).ShouldBe(second);
        await other.StopAsync(Token);
    }

    [Fact]
    public async Task The_lease_of_a_process_that_died_is_taken_over()
    {
        (await _world.NewLease("dead").TryHoldAsync(Token)).ShouldBeTrue();
        using var heir = _world.NewSweeper("heir");
        var runId = await _world.Runs.SubmitAsync(RunWorld.Recipe(), Token);

        await heir.StartAsync(Token);

        (await NextNudgeAsync()).ShouldBe(runId);
        await heir.StopAsync(Token);
    }

    [Fact]
    public async Task A_confirmation_that_never_comes_costs_one_run_its_nudge_and_not_the_sweep()
    {
        var hanging = await _world.Runs.SubmitAsync(RunWorld.Recipe("a-hanging"), Token);
        var watch = _world.NewWatch();
        using var sweeper = _world.NewSweeper("one", new HangingBus(_world.Bus, hanging), watch: watch);

        await sweeper.StartAsync(Token);
        await PassAsync(() => watch.Count > 0);
        var next = await _world.Runs.SubmitAsync(RunWorld.Recipe("next"), Token);

        (await NextNudgeAsync()).ShouldBe(next);
        await sweeper.StopAsync(Token);
    }

    [Fact]
    public async Task A_sweeper_that_stands_still_loses_its_lease_to_another_process()
    {
        var runId = await _world.Runs.SubmitAsync(RunWorld.Recipe(), Token);
        using var stuck = _world.NewSweeper("stuck", runs: HangingRuns());
        using var other = _world.NewSweeper("other");
        await stuck.StartAsync(Token);
        await PassAsync(() => _hangs.Task.IsCompleted);

        await other.StartAsync(Token);

        (await NextNudgeAsync()).ShouldBe(runId);
        await other.StopAsync(Token);
        var stopped = stuck.StopAsync(Token);
        await PassAsync(() => stopped.IsCompleted);
        await stopped;
    }

    [Fact]
    public async Task A_holder_that_extends_the_lease_and_finishes_nothing_loses_it()
    {
        var (holder, other) = (_world.NewLease("holder"), _world.NewLease("other"));
        (await holder.TryHoldAsync(Token)).ShouldBeTrue();
        var taken = false;
        for (var seconds = 0; seconds < 400 && !taken; seconds += 10)
        {
            (await holder.TryHoldAsync(Token)).ShouldBeTrue();
            taken = await other.TryHoldAsync(Token);
            _world.Time.Advance(TimeSpan.FromSeconds(10));
        }

        taken.ShouldBeTrue();
        (await holder.TryHoldAsync(Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_process_knows_when_a_sweep_was_last_finished()
    {
        var (one, other) = (_world.NewWatch(), _world.NewWatch());
        var (holder, observer) = (_world.NewLease("one", one), _world.NewLease("other", other));
        for (var i = 0; i < 50; i++)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(10));
            one.Finished();
            (await holder.TryHoldAsync(Token)).ShouldBeTrue();
            (await observer.TryHoldAsync(Token)).ShouldBeFalse();
        }
        (one.IsOverdue, other.IsOverdue, other.Age).ShouldBe((false, false, TimeSpan.Zero));

        _world.Time.Advance(TimeSpan.FromSeconds(101));

        (one.IsOverdue, other.IsOverdue, other.Age).ShouldBe((true, true, TimeSpan.FromSeconds(101)));
    }

    [Fact]
    public async Task A_holder_of_an_older_version_that_extends_its_lease_is_trusted()
    {
        var watch = _world.NewWatch();
        var observer = _world.NewLease("new", watch);
        for (var revision = 0; revision < 50; revision++)
        {
            var lease = "{\"Owner\":\"old\",\"LeaseSeconds\":30,\"Revision\":" + revision + "}";
            await _world.Objects.WriteAsync("sweeps/lease.json", System.Text.Encoding.UTF8.GetBytes(lease), Token);
            (await observer.TryHoldAsync(Token)).ShouldBeFalse();
            _world.Time.Advance(TimeSpan.FromSeconds(10));
        }

        watch.IsOverdue.ShouldBeFalse();
        _world.Time.Advance(TimeSpan.FromSeconds(31));
        (await observer.TryHoldAsync(Token)).ShouldBeTrue("its holder is gone");
    }

    // Lists no run and does not return.
    private IRunStore HangingRuns()
    {
        var runs = Substitute.For<IRunStore>();
        runs.ListActiveAsync(default).ReturnsForAnyArgs(_ => HangAsync());
        return runs;
    }

    private async IAsyncEnumerable<string> HangAsync()
    {
        _hangs.TrySetResult();
        await new TaskCompletionSource().Task;
        yield break;
    }

    private async Task PassAsync(Func<bool> until)
    {
        while (!until())
        {
            _world.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(10, Token);
        }
    }

    // Time passes until something happens: the sweepers wait for it.
    private async Task<string> NextNudgeAsync()
    {
        var next = _world.Bus.NextNudgeAsync().AsTask();
        while (!next.IsCompleted)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.WhenAny(next, Task.Delay(10, Token));
        }
        return await next;
    }
}
