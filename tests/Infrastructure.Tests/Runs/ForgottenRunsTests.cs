using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class ForgottenRunsTests : IDisposable
{
    private readonly RunWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_run_that_is_stored_and_not_active_is_found_a_few_a_minute_from_wherever_the_last_sweeper_was()
    {
        var forgotten = new List<string>();
        for (var i = 0; i < 7; i++)
            forgotten.Add(await ForgetAsync("run-" + i));
        var (first, second) = (_world.NewForgottenRuns(perMinute: 3), _world.NewForgottenRuns(perMinute: 3));

        (await LookAsync(first)).Count.ShouldBe(3);
        (await LookAsync(first)).Count.ShouldBe(3, "it is not time yet");
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        (await LookAsync(first)).Count.ShouldBe(6);

        // Another process, which begins where the first one was.
        (await LookAsync(second)).ShouldBe(forgotten, ignoreOrder: true);
    }

    [Fact]
    public async Task The_walk_begins_again_and_finds_what_is_forgotten_later()
    {
        var walk = _world.NewForgottenRuns(perMinute: 10);
        await ForgetAsync("first");
        await LookAsync(walk);
        var later = await ForgetAsync("a-later-one");

        _world.Time.Advance(TimeSpan.FromMinutes(1));

        (await LookAsync(walk)).ShouldContain(later);
    }

    [Fact]
    public async Task A_run_that_is_missing_in_the_index_is_entered()
    {
        var runId = await _world.Runs.SubmitAsync(RunWorld.Recipe("digits"), Token);
        var entry = await _world.Objects.ListAsync("index/runs/", Token).SingleAsync(Token);
        await _world.Objects.DeleteAsync(entry, Token);

        await LookAsync(_world.NewForgottenRuns(perMinute: 10));

        (await _world.Index.PageAsync(new(), Token)).Runs.Select(r => r.Run.RunId).ShouldBe([runId]);
        (await _world.Objects.ListAsync("index/runs/", Token).SingleAsync(Token)).ShouldBe(entry);
    }

    [Fact]
    public async Task Runs_that_have_ended_or_were_cancelled_stay_as_they_are_and_an_end_nobody_wrote_down_is()
    {
        var cancelled = await _world.Runs.SubmitAsync(RunWorld.Recipe("cancelled"), Token);
        await _world.Runs.CancelAsync(cancelled, Token);
        var failed = await ForgetAsync("failed", epochs: 3);
        await _world.FailAsync(await _world.DenseKeyAsync(RunWorld.Recipe("failed", 3)), FailureCodes.Diverged);

        (await LookAsync(_world.NewForgottenRuns(perMinute: 10))).ShouldBeEmpty();

        (await _world.Runs.ReadEndAsync(failed, Token)).ShouldNotBeNull().State.ShouldBe(RunStates.Failed);
    }

    [Fact]
    public async Task A_run_that_somebody_wrote_down_as_cancelled_after_it_was_started_again_is_found()
    {
        var going = await _world.Runs.SubmitAsync(RunWorld.Recipe("going"), Token);
        var failed = await _world.Runs.SubmitAsync(RunWorld.Recipe("failed", 3), Token);
        await _world.FailAsync(await _world.DenseKeyAsync(RunWorld.Recipe("failed", 3)), FailureCodes.Diverged);
        foreach (var runId in new[] { going, failed })
            await _world.Runs.EndAsync(runId, new() { State = RunStates.Cancelled, At = _world.Time.GetUtcNow() }, Token);

        (await LookAsync(_world.NewForgottenRuns(perMinute: 10))).ShouldBe([going]);

        (await _world.Runs.ReadEndAsync(going, Token)).ShouldBeNull();
        (await _world.Runs.ReadEndAsync(failed, Token)).ShouldNotBeNull().State.ShouldBe(RunStates.Failed);
    }

    [Fact]
    public async Task A_failure_that_one_submitter_wrote_down_after_another_had_it_mended_is_no_end()
    {
        var recipe = RunWorld.Recipe();
        var runId = await _world.Runs.SubmitAsync(recipe, Token);
        await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.DataUnavailable);
        var seen = RunEnd.Of(await _world.Planner.ReviewAsync(recipe, Token), _world.Time.GetUtcNow());
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        (await _world.NewSubmission().SubmitAsync(recipe, Token)).HasEnded.ShouldBeFalse();
        // The other one saw the failure before it was forgotten.
        await _world.Runs.EndAsync(runId, seen, Token);
        (await _world.ActiveAsync()).ShouldBeEmpty();

        (await LookAsync(_world.NewForgottenRuns(perMinute: 10))).ShouldBe([runId]);

        (await _world.Runs.ReadEndAsync(runId, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_failed_stays_failed_when_another_run_tries_its_step_again()
    {
        var recipe = RunWorld.Recipe();
        var runId = await _world.Runs.SubmitAsync(recipe, Token);
        var key = await _world.DenseKeyAsync(recipe);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.FailAsync(key, FailureCodes.DataUnavailable);
        await _world.Runs.EndAsync(runId, RunEnd.Of(await _world.Planner.ReviewAsync(recipe, Token), _world.Time.GetUtcNow()), Token);
        await _world.Steps.ForgetFailureAsync(key, Token);

        (await LookAsync(_world.NewForgottenRuns(perMinute: 10))).ShouldBeEmpty();

        (await _world.Runs.ReadEndAsync(runId, Token)).ShouldNotBeNull().State.ShouldBe(RunStates.Failed);
    }

    [Fact]
    public async Task A_sweeper_looks_after_a_run_that_was_forgotten()
    {
        var runId = await ForgetAsync("digits");
        using var sweeper = _world.NewSweeper("one");
        await sweeper.StartAsync(Token);

        var nudged = _world.Bus.NextNudgeAsync().AsTask();
        while (!nudged.IsCompleted)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.WhenAny(nudged, Task.Delay(10, Token));
        }

        (await nudged).ShouldBe(runId);
        await sweeper.StopAsync(Token);
    }

    private async Task<string> ForgetAsync(string name, int epochs = 2)
    {
        var runId = await _world.Runs.SubmitAsync(RunWorld.Recipe(name, epochs), Token);
        await _world.Runs.DeactivateAsync(runId, Token);
        return runId;
    }

    private async Task<List<string>> LookAsync(ForgottenRuns walk)
    {
        await walk.LookAsync(() => { }, Token);
        return await _world.ActiveAsync();
    }
}
