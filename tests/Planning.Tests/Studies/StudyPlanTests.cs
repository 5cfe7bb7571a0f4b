using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class StudyPlanTests
{
    // One seed: the dense network, its evaluation, the first cut and the candidates of the first cycle are everybody's.
    private static readonly Recipe[] Two =
        [Recipes.Digits(candidates: 2), Recipes.Digits(candidates: 2) with { Soup = new SoupRecipe { Method = MethodSpec.Of("greedy") } }];

    [Fact]
    public void Steps_that_runs_share_are_counted_once_before_any_key_is_known_as_after_all_are()
    {
        var world = new FakeWorld();
        var planned = new StudyPlan(Two).Combine(world.Results, FakeWorld.Start).Steps;
        foreach (var recipe in Two) world.RunToEnd(recipe);

        var done = new StudyPlan(Two).Combine(world.Results, FakeWorld.Start).Steps;

        world.Results.Count.ShouldBeLessThan(2 * RunGraph.Of(Two[0]).Plan(new FakeWorld(), FakeWorld.Start).Steps.Count);
        planned.Count.ShouldBe(world.Results.Count);
        planned.ShouldAllBe(s => s.Result == null && s.State == StepState.Waiting);
        done.Count.ShouldBe(world.Results.Count);
        done.ShouldAllBe(s => s.State == StepState.Done);
    }

    [Fact]
    public void Half_way_the_rest_is_what_has_no_result_yet()
    {
        var world = new FakeWorld();
        world.RunToEnd(Two[0]);
        var halfWay = world.Results.Count;
        var known = world.Results.ToDictionary(r => r.Key, r => r.Value);
        world.RunToEnd(Two[1]);

        var forecast = PlanForecast.Of(new StudyPlan(Two).Combine(known, FakeWorld.Start));

        (forecast.Cached, forecast.ToRun).ShouldBe((halfWay, world.Results.Count - halfWay));
        forecast.WallSeconds(1).ShouldNotBeNull("every kind of step has been measured");
    }

    [Fact]
    public void What_needs_a_failed_step_is_not_counted_as_to_be_run()
    {
        var world = new FakeWorld();
        var first = RunGraph.Of(Two[0]).Plan(world, FakeWorld.Start).Ready.Single();
        world.Fail(first);

        var forecast = PlanForecast.Of(new StudyPlan(Two[..1]).Combine(world.Results, FakeWorld.Start));

        forecast.ToRun.ShouldBe(0);
    }
}
