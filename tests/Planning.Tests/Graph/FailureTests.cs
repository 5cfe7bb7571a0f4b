using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class FailureTests
{
    private static readonly Recipe Recipe = Recipes.Digits();

    [Theory]
    [InlineData("dense")]
    [InlineData("cycle-1/prune")]
    [InlineData("cycle-2/soup")]
    public void A_run_cannot_finish_without_its_essential_steps(string node)
    {
        var plan = new FakeWorld().RunToEnd(Recipe, fails: s => s.Node == node);

        plan.Failure.ShouldBe(new StepFailure(FailureCodes.Diverged, $"{node}: The loss is NaN.", "Lower the learning rate."));
        plan.Finished.ShouldBeFalse();
        plan.Ready.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cycle-1/candidate-0/evaluation")]
    [InlineData("cycle-2/soup/evaluation")]
    [InlineData("imp/cycle-2/candidate-0")]
    [InlineData("imp-longer/cycle-2/prune")]
    public void A_run_finishes_without_an_evaluation_or_a_baseline_and_reports_what_failed(string node)
    {
        var plan = new FakeWorld().RunToEnd(Recipe, fails: s => s.Node == node);

        plan.Finished.ShouldBeTrue();
        plan.Failed.Select(s => s.Node).ShouldBe([node]);
        plan.Steps.Where(s => s.State == StepState.Unreachable).ShouldAllBe(s => s.Node.StartsWith("imp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_result_that_lacks_an_output_is_a_failure_with_a_remedy_not_a_crash()
    {
        var world = new FakeWorld();
        var dense = Planner.Plan(Recipe, world, world.Now).Ready.Single();
        world.Run(dense);
        world.Store(world.Result(dense.Key!)! with { Outputs = new Dictionary<string, ArtifactRef>() });

        var failure = Planner.Plan(Recipe, world, world.Now).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Reason.ShouldBe($"dense: The result of train step {dense.Key} lacks 'checkpoint'.");
        failure.Remedy.ShouldContain($"steps/{dense.Key}/result.json");
    }

    [Fact]
    public void Unknown_baselines_are_refused_with_the_known_ones() =>
        Should.Throw<DomainException>(() => RunGraph.Of(Recipe with { Evaluation = new EvaluationRecipe { Baselines = ["imp2"] } }))
            .Failure.Remedy.ShouldBe("Use some of dense, imp, imp-longer, mean-candidate, best-candidate.");
}
