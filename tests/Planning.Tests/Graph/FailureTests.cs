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
    public void A_result_that_lacks_an_output_is_a_failure_with_a_remedy_not_a_crash() =>
        ReasonFor(result => result with { Outputs = new Dictionary<string, ArtifactRef>() }).ShouldBe("lacks 'checkpoint'.");

    [Theory]
    [InlineData(StepKinds.Evaluate)]
    [InlineData("weird")]
    public void A_result_of_another_kind_is_a_failure_with_a_remedy_not_a_crash(string kind) =>
        ReasonFor(result => result with { Kind = kind }).ShouldBe($"is one of a step of kind '{kind}', not of kind 'train'.");

    [Fact]
    public void Unknown_baselines_are_refused_with_the_known_ones() =>
        Should.Throw<DomainException>(() => RunGraph.Of(Recipe with { Evaluation = new EvaluationRecipe { Baselines = ["imp2"] } }))
            .Failure.Remedy.ShouldBe($"Use some of {string.Join(", ", BaselineNames.All)}.");

    /// <summary>What planning says of a damaged result of the pretraining.</summary>
    private static string ReasonFor(Func<StepResult, StepResult> damage)
    {
        var world = new FakeWorld();
        var dense = Planner.Plan(Recipe, world, world.Now).Ready.Single();
        world.Run(dense);
        world.Store(damage(world.Result(dense.Key!)!));

        var failure = Planner.Plan(Recipe, world, world.Now).Failure.ShouldNotBeNull();

        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Remedy.ShouldContain($"steps/{dense.Key}/result.json");
        var start = $"dense: The result of step {dense.Key} ";
        failure.Reason.ShouldStartWith(start);
        return failure.Reason[start.Length..];
    }
}
