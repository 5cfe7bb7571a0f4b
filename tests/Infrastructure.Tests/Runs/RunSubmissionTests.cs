using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RunSubmissionTests : IDisposable
{
    private readonly RunWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Submitting_a_run_that_has_ended_for_good_changes_nothing()
    {
        var recipe = RunWorld.Recipe();
        await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.Diverged);
        await _world.NewSubmission().SubmitAsync(recipe, Token);
        var before = await DocumentsAsync();
        _world.Time.Advance(TimeSpan.FromDays(1));

        (await _world.NewSubmission().SubmitAsync(recipe, Token)).HasEnded.ShouldBeTrue();

        (await DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_cancelled_run_is_started_again()
    {
        var recipe = RunWorld.Recipe();
        await _world.NewSubmission().SubmitAsync(recipe, Token);
        await _world.Runs.CancelAsync(RunId.Of(recipe), Token);

        await _world.NewSubmission().SubmitAsync(recipe, Token);

        (await _world.ActiveAsync()).ShouldBe([RunId.Of(recipe)]);
        (await _world.Runs.ReadEndAsync(RunId.Of(recipe), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_recipe_that_is_stored_under_the_name_of_another_is_not_worked_on()
    {
        var runId = await ForgeAsync();

        var refused = await Should.ThrowAsync<DomainException>(() => _world.Planner.PlanAsync(runId, Token));
        refused.Failure.Code.ShouldBe(FailureCodes.ForeignRecipe);
        refused.Failure.Reason.ShouldContain(runId);
        refused.Failure.Reason.ShouldContain(RunId.Of(RunWorld.Recipe("other")));
        (await Should.ThrowAsync<DomainException>(() => _world.NewSubmission().SubmitAsync(RunWorld.Recipe(), Token)))
            .Failure.Code.ShouldBe(FailureCodes.ForeignRecipe);
    }

    [Fact]
    public async Task A_sweep_reports_such_a_run_as_failed_and_looks_at_it_no_more()
    {
        var runId = await ForgeAsync();
        await _world.Runs.ActivateAsync(runId, Token);

        await _world.NewSweep().SweepAsync(() => { }, Token);

        (await _world.ActiveAsync()).ShouldBeEmpty();
        _world.Bus.Nudged.ShouldBeEmpty();
        var end = (await _world.Runs.ReadEndAsync(runId, Token)).ShouldNotBeNull();
        end.State.ShouldBe(RunStates.Failed);
        end.Failure!.Code.ShouldBe(FailureCodes.ForeignRecipe);
    }

    [Fact]
    public async Task A_damaged_end_of_such_a_run_does_not_end_the_sweep()
    {
        var runId = await ForgeAsync();
        await _world.Runs.ActivateAsync(runId, Token);
        await _world.Objects.WriteAsync($"runs/{runId}/ended.json", "nonsense"u8.ToArray(), Token);

        await _world.NewSweep().SweepAsync(() => { }, Token);

        (await _world.ActiveAsync()).ShouldBeEmpty();
        (await _world.Runs.ReadEndAsync(runId, Token)).ShouldNotBeNull().Failure!.Code.ShouldBe(FailureCodes.ForeignRecipe);
    }

    [Fact]
    public async Task An_end_that_no_longer_says_how_the_run_stands_is_written_anew()
    {
        var recipe = RunWorld.Recipe();
        var runId = await _world.Runs.SubmitAsync(recipe, Token);
        await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.Diverged);
        await _world.Runs.EndAsync(runId, new() { State = RunStates.Finished, At = _world.Time.GetUtcNow() }, Token);

        await _world.NewSubmission().SubmitAsync(recipe, Token);

        (await _world.Runs.ReadEndAsync(runId, Token)).ShouldNotBeNull().State.ShouldBe(RunStates.Failed);
        (await _world.Index.PageAsync(new() { State = RunStates.Failed }, Token)).Runs.Single().Run.RunId.ShouldBe(runId);
        (await _world.ActiveAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_recipe_is_set_aside_when_the_run_is_submitted_again_and_its_results_count(bool hasEnded)
    {
        var (recipe, runId) = (RunWorld.Recipe(), RunId.Of(RunWorld.Recipe()));
        if (hasEnded)
            await _world.FailAsync(await _world.DenseKeyAsync(recipe), FailureCodes.Diverged);
        await _world.NewSubmission().SubmitAsync(recipe, Token);
        await _world.Objects.WriteAsync($"runs/{runId}/recipe.json", "{ \"name\": "u8.ToArray(), Token);
        var planner = _world.NewPlanner();
        var looked = (await Should.ThrowAsync<DomainException>(() => planner.PlanAsync(runId, Token))).Failure;
        (await planner.PlanAsync(recipe, Token)).HasEnded.ShouldBe(hasEnded, "who has the recipe needs no other");

        var plan = await _world.NewSubmission().SubmitAsync(recipe, Token);

        looked.Reason.ShouldContain($"runs/{runId}/recipe.json");
        looked.Remedy.ShouldStartWith("Submit the recipe again");
        plan.HasEnded.ShouldBe(hasEnded);
        (await planner.PlanAsync(runId, Token)).ShouldNotBeNull().HasEnded.ShouldBe(hasEnded);
        (await _world.ActiveAsync()).ShouldBe(hasEnded ? [] : [runId]);
        var kept = await _world.Objects.ListAsync($"runs/{runId}/damaged/", Token).SingleAsync(Token);
        kept.ShouldStartWith($"runs/{runId}/damaged/recipe-");
        (await _world.Objects.ReadAsync(kept, Token)).ShouldNotBeNull().Content.ToArray().ShouldBe("{ \"name\": "u8.ToArray());
        (await _world.Runs.ListAsync(Token).ToListAsync(Token)).ShouldBe([runId], "what is set aside is no run");
    }

    [Fact]
    public async Task A_damaged_graph_is_set_aside_when_the_run_is_submitted_again()
    {
        var (recipe, runId) = (RunWorld.Recipe(), RunId.Of(RunWorld.Recipe()));
        await _world.NewSubmission().SubmitAsync(recipe, Token);
        await _world.Objects.WriteAsync($"runs/{runId}/graph.json", "{ \"nodes\": "u8.ToArray(), Token);

        await _world.NewSubmission().SubmitAsync(recipe, Token);

        (await _world.NewPlanner().PlanAsync(runId, Token)).ShouldNotBeNull().HasEnded.ShouldBeFalse();
        var kept = await _world.Objects.ListAsync($"runs/{runId}/damaged/", Token).SingleAsync(Token);
        kept.ShouldStartWith($"runs/{runId}/damaged/graph-");
        (await _world.Objects.ReadAsync(kept, Token)).ShouldNotBeNull().Content.ToArray().ShouldBe("{ \"nodes\": "u8.ToArray());
    }

    private async Task<string> ForgeAsync()
    {
        var runId = RunId.Of(RunWorld.Recipe());
        await _world.Objects.WriteAsync($"runs/{runId}/recipe.json", CanonicalJson.Serialize(RunWorld.Recipe("other")), Token);
        return runId;
    }

    private async Task<List<string>> DocumentsAsync()
    {
        var found = new List<string>();
        await foreach (var key in _world.Objects.ListAsync("", Token))
            found.Add($"{key} {(await _world.Objects.ReadAsync(key, Token))!.Version}");
        return found;
    }
}
