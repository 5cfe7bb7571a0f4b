using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RunPlannerTests : IDisposable
{
    private readonly RunWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_failure_that_another_process_forgot_is_forgotten_here_too()
    {
        var recipe = RunWorld.Recipe();
        await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.DataUnavailable);
        var plan = await _world.Planner.PlanAsync(recipe, Token);
        plan.Failure.ShouldNotBeNull();

        (await _world.NewPlanner().ForgetMendableAsync(plan, Token)).ShouldBeTrue();

        (await _world.Planner.PlanAsync(recipe, Token)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Starting_a_failed_run_again_makes_it_active_and_tells_the_workers()
    {
        var recipe = RunWorld.Recipe();
        await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.StepFaulted);

        (await _world.NewSubmission().SubmitAsync(recipe, Token)).HasEnded.ShouldBeFalse();

        _world.Bus.Submitted.ShouldBe([RunId.Of(recipe)]);
        (await _world.ActiveAsync()).ShouldBe([RunId.Of(recipe)]);
    }

    [Fact]
    public async Task A_run_that_has_failed_for_good_is_told_to_nobody_and_not_active()
    {
        var recipe = RunWorld.Recipe();
        await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.Diverged);

        (await _world.NewSubmission().SubmitAsync(recipe, Token)).Failure.ShouldNotBeNull();

        _world.Bus.Submitted.ShouldBeEmpty();
        (await _world.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_has_ended_keeps_the_time_of_its_submission_when_it_is_submitted_again()
    {
        var recipe = RunWorld.Recipe();
        var runId = RunId.Of(recipe);
        await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.Diverged);
        await _world.Runs.SubmitAsync(recipe, Token);
        await _world.Runs.RecordSubmissionAsync(runId, "study", DateTimeOffset.UnixEpoch, Token);

        await _world.NewSubmission("study").SubmitAsync(recipe, Token);
        (await StandingAsync(runId)).ShouldBe((DateTimeOffset.UnixEpoch, "study"));

        await _world.NewSubmission("embedded").SubmitAsync(recipe, Token);
        (await StandingAsync(runId)).ShouldBe((DateTimeOffset.UnixEpoch, "embedded"), "somebody wants it for itself now");
    }

    [Fact]
    public async Task A_run_with_something_left_to_do_is_submitted_anew()
    {
        var recipe = RunWorld.Recipe();
        await _world.Runs.SubmitAsync(recipe, Token);
        await _world.Runs.RecordSubmissionAsync(RunId.Of(recipe), "embedded", DateTimeOffset.UnixEpoch, Token);

        await _world.NewSubmission("profile one").SubmitAsync(recipe, Token);

        var submission = (await _world.Runs.ReadSubmissionAsync(RunId.Of(recipe), Token))!;
        (submission.At > DateTimeOffset.UnixEpoch, submission.Origin).ShouldBe((true, "profile one"));
    }

    [Fact]
    public async Task A_result_is_believed_while_it_is_there_and_no_longer()
    {
        var recipe = RunWorld.Recipe();
        var key = await _world.DenseKeyAsync(recipe);
        await _world.FailAsync(key, FailureCodes.Diverged);
        (await _world.Planner.PlanAsync(recipe, Token)).HasEnded.ShouldBeTrue();

        await _world.Steps.DeleteResultAsync(key, Token);

        (await _world.Planner.ReviewAsync(recipe, Token)).Ready.Single().Key.ShouldBe(key);
        (await _world.Planner.PlanAsync(recipe, Token)).Ready.Single().Key.ShouldBe(key);
    }

    [Fact]
    public async Task A_damaged_result_counts_as_missing_and_starting_the_run_again_sets_it_aside()
    {
        var recipe = RunWorld.Recipe();
        var key = await _world.DenseKeyAsync(recipe);
        await _world.Objects.WriteAsync($"steps/{key}/result.json", "{ no result"u8.ToArray(), Token);

        (await _world.NewSubmission().SubmitAsync(recipe, Token)).Ready.Single().Key.ShouldBe(key);

        (await _world.Objects.ReadAsync($"steps/{key}/result.json", Token)).ShouldBeNull();
        (await _world.Objects.ListAsync($"steps/{key}/damaged/", Token).CountAsync(Token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_run_nobody_submitted_is_unknown_until_somebody_does()
    {
        var runId = RunId.Of(RunWorld.Recipe());
        (await _world.Planner.KnowsAsync(runId, Token)).ShouldBeFalse();

        await _world.Runs.SubmitAsync(RunWorld.Recipe(), Token);

        (await _world.Planner.KnowsAsync(runId, Token)).ShouldBeTrue();
    }

    private async Task<(DateTimeOffset At, string? Origin)> StandingAsync(string runId)
    {
        var submission = (await _world.Runs.ReadSubmissionAsync(runId, Token))!;
        return (submission.At, submission.Origin);
    }
}
