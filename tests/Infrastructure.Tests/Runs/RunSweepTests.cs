using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RunSweepTests : IDisposable
{
    private readonly RunWorld _world = new();
    private readonly RunSweep _sweep;

    public RunSweepTests() => _sweep = _world.NewSweep();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_run_with_a_ready_step_that_nobody_speaks_for_is_nudged()
    {
        var runId = await SubmitAsync();

        (await SweepAsync()).ShouldBe([runId]);
    }

    [Fact]
    public async Task A_run_whose_command_is_under_way_is_left_alone_until_it_counts_as_lost()
    {
        var runId = await SubmitAsync();
        await _world.Claims.TryMarkSentAsync(await _world.DenseKeyAsync(RunWorld.Recipe()), Token);

        (await SweepAsync()).ShouldBeEmpty();
        _world.Time.Advance(TimeSpan.FromSeconds(7));
        (await SweepAsync()).ShouldBeEmpty();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        (await SweepAsync()).ShouldBe([runId]);
    }

    [Fact]
    public async Task A_run_whose_step_is_computed_is_left_alone_until_its_worker_is_silent()
    {
        var (runId, key) = (await SubmitAsync(), await _world.DenseKeyAsync(RunWorld.Recipe()));
        await _world.Claims.TryClaimAsync(key, "worker", Token);

        for (var i = 0; i < 10; i++)
        {
            (await SweepAsync()).ShouldBeEmpty();
            _world.Time.Advance(TimeSpan.FromSeconds(10));
            await _world.Claims.HeartbeatAsync(key, "worker", Token);
        }
        (await SweepAsync()).ShouldBeEmpty();
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        (await SweepAsync()).ShouldBe([runId]);
    }

    [Fact]
    public async Task A_run_that_nobody_takes_up_is_nudged_less_and_less()
    {
        await SubmitAsync();
        var nudges = 0;
        for (var second = 0; second < 62; second += 2)
        {
            nudges += (await SweepAsync()).Count;
            _world.Time.Advance(TimeSpan.FromSeconds(2));
        }

        // At 0, 2, 6 and then every ResendSeconds, 8: 14, 22, 30, 38, 46, 54.
        nudges.ShouldBe(9);
    }

    [Fact]
    public async Task A_finished_failed_or_cancelled_run_leaves_the_index()
    {
        var (failed, cancelled) = (await SubmitAsync("failed", epochs: 1), await SubmitAsync("cancelled", epochs: 3));
        var going = await SubmitAsync("going", epochs: 2);
        await _world.FailAsync(await _world.DenseKeyAsync(RunWorld.Recipe("failed", 1)), FailureCodes.Diverged);
        await _world.Runs.CancelAsync(cancelled, Token);
        await _world.Runs.ActivateAsync(cancelled, Token);

        (await SweepAsync()).ShouldBe([going]);

        (await _world.ActiveAsync()).ShouldBe([going]);
        failed.ShouldNotBe(going);
    }

    [Fact]
    public async Task A_run_whose_result_was_deleted_is_not_taken_for_ended_by_a_sweep_that_has_seen_it()
    {
        var runId = await SubmitAsync();
        var key = await _world.DenseKeyAsync(RunWorld.Recipe());
        await _world.FailAsync(key, FailureCodes.Diverged);
        (await _world.Planner.PlanAsync(runId, Token)).ShouldNotBeNull().HasEnded.ShouldBeTrue();
        await _world.Steps.DeleteResultAsync(key, Token);

        (await SweepAsync()).ShouldBe([runId]);

        (await _world.ActiveAsync()).ShouldBe([runId]);
    }

    [Fact]
    public async Task An_entry_that_is_no_run_costs_its_place_and_not_the_sweep()
    {
        var runId = await SubmitAsync();
        await _world.Runs.ActivateAsync("nonsense", Token);
        await _world.Runs.ActivateAsync("gone-0123456789ab", Token);

        (await SweepAsync()).ShouldBe([runId]);

        (await _world.ActiveAsync()).ShouldBe([runId]);
    }

    [Fact]
    public async Task Many_runs_are_looked_at_and_nudged_once_each()
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 150; i++)
            runs.Add(await SubmitAsync("many-" + i));

        // More than one sweep looks at: the rest has its turn in the next.
        List<string> nudged = [.. await SweepAsync(), .. await SweepAsync()];
        nudged.ShouldBe(runs, ignoreOrder: true);
        (await SweepAsync()).ShouldBeEmpty();
    }

    private Task<string> SubmitAsync(string name = "digits", int epochs = 2) => _world.Runs.SubmitAsync(RunWorld.Recipe(name, epochs), Token);

    private async Task<IReadOnlyList<string>> SweepAsync()
    {
        await _sweep.SweepAsync(() => { }, Token);
        return _world.Bus.Nudged;
    }
}
