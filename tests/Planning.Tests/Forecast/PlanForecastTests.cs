using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class PlanForecastTests
{
    [Fact]
    public void A_new_run_will_do_everything_at_unknown_cost()
    {
        var forecast = Forecast(new FakeWorld(), Recipes.Digits(candidates: 3, cycles: 2, baselines: []));

        // Dense 10 epochs, 2 cycles of 3 candidates of 4 epochs.
        forecast.Epochs.ShouldBe(10 + 2 * 3 * 4);
        (forecast.Cached, forecast.ToRun).ShouldBe((0, 1 + 2 * 9));
        (forecast.Seconds, forecast.Bytes, forecast.WallSeconds(2)).ShouldBe((null, null, null));
        forecast.Steps[0].State.ShouldBe(ForecastState.WillRun);
        forecast.Steps.Skip(1).ShouldAllBe(s => s.State == ForecastState.InputsChange);
    }

    [Fact]
    public void A_finished_run_costs_nothing()
    {
        var world = new FakeWorld();
        world.RunToEnd(Recipes.Digits());

        var forecast = Forecast(world, Recipes.Digits());

        (forecast.ToRun, forecast.Epochs, forecast.Seconds, forecast.Bytes, forecast.WallSeconds(2)).ShouldBe((0, 0, 0, 0, 0));
    }

    [Fact]
    public void Raising_the_candidates_says_what_is_cached_what_runs_and_what_depends()
    {
        var world = new FakeWorld();
        world.RunToEnd(Recipes.Digits(candidates: 5, cycles: 2, baselines: []));

        var states = Forecast(world, Recipes.Digits(candidates: 7, cycles: 2, baselines: [])).Steps.ToDictionary(s => s.Node, s => s.State);

        states[NodeNames.Candidate(1, 4)].ShouldBe(ForecastState.Cached);
        states[NodeNames.Candidate(1, 5)].ShouldBe(ForecastState.WillRun);
        states[NodeNames.Soup(1)].ShouldBe(ForecastState.InputsChange);
        states[NodeNames.Candidate(2, 0)].ShouldBe(ForecastState.InputsChange);
    }

    [Fact]
    public void Costs_come_from_results_of_the_same_kind_and_training_counts_by_epochs()
    {
        var world = new FakeWorld();
        var recipe = Recipes.Digits(candidates: 2, cycles: 1, baselines: []);
        world.RunToEnd(recipe);

        var longer = recipe with { Retraining = recipe.Retraining with { Epochs = 8 } };
        var forecast = Forecast(world, longer, world.Results.Values);

        // Fake steps take 1 s: the 3 trainings together 3 s for 10 + 4 + 4 epochs.
        forecast.Steps.Single(s => s.Node == NodeNames.Candidate(1, 0)).Seconds!.Value.ShouldBe(8 * 3 / 18.0, 1e-9);
        forecast.Seconds!.Value.ShouldBe(2 * 8 * 3 / 18.0 + 2 + 1 + 1, 1e-9);
        forecast.CriticalSeconds!.Value.ShouldBe(8 * 3 / 18.0 + 1 + 1, 1e-9);
        forecast.WallSeconds(2).ShouldBe(forecast.CriticalSeconds);
        forecast.WallSeconds(1).ShouldBe(forecast.Seconds);
    }

    /// <summary>Three layers, 12 s for 100 examples that run through the network three times: 0.04 s each. What runs once and was never measured so is taken at the same.</summary>
    [Theory]
    [InlineData(3, true, 12)]
    [InlineData(3, false, 4)]
    [InlineData(1, true, 36)]
    [InlineData(1, false, 12)]
    public void Statistics_cost_by_examples_and_by_layers_where_these_are_cut_in_order(int passes, bool asksInOrder, double seconds)
    {
        var measured = Collected(passes) with { Seconds = 12 };

        var forecast = Forecast(new FakeWorld(), Wanda(asksInOrder), [measured]);

        forecast.Steps.Where(s => s.Kind == StepKinds.Collect).Select(s => s.Seconds!.Value).ShouldAllBe(s => Math.Abs(s - seconds) < 1e-9);
    }

    [Fact]
    public void Each_way_of_collecting_has_its_own_price_where_both_were_measured()
    {
        StepResult[] measured = [Collected(passes: 3) with { Seconds = 30, Key = "in order" }, Collected(passes: 1) with { Seconds = 2, Key = "at once" }];

        Forecast(new FakeWorld(), Wanda(inOrder: true), measured).Steps.First(s => s.Kind == StepKinds.Collect).Seconds!.Value.ShouldBe(30, 1e-9);
        Forecast(new FakeWorld(), Wanda(inOrder: false), measured).Steps.First(s => s.Kind == StepKinds.Collect).Seconds!.Value.ShouldBe(2, 1e-9);
    }

    [Fact]
    public void Collections_of_versions_that_did_not_count_cost_what_they_did() =>
        Forecast(new FakeWorld(), Wanda(inOrder: true), [Collected(passes: 3) with { Seconds = 5, Metrics = new Dictionary<string, double>() }])
            .Steps.First(s => s.Kind == StepKinds.Collect).Seconds!.Value.ShouldBe(5, 1e-9);

    [Fact]
    public void A_run_that_cannot_finish_spends_nothing_more()
    {
        var world = new FakeWorld();
        world.RunToEnd(Recipes.Digits(), fails: s => s.Node == NodeNames.Soup(1));

        Forecast(world, Recipes.Digits()).ToRun.ShouldBe(0);
    }

    private static Recipe Wanda(bool inOrder) => Recipes.Digits() with
    {
        Sparsification = new SparsificationRecipe { Sparsity = 0.96, Cycles = 2, Method = MethodSpec.Of("wanda"), CalibrationExamples = 100, Sequential = inOrder },
    };

    private static StepResult Collected(int passes) => new()
    {
        Key = "collected",
        Kind = StepKinds.Collect,
        CompletedAt = FakeWorld.Start,
        Seconds = 1,
        Worker = "fake",
        Metrics = new Dictionary<string, double> { [MetricNames.Layers] = 3, [MetricNames.Examples] = 100, [MetricNames.Passes] = passes },
    };

    private static PlanForecast Forecast(FakeWorld world, Recipe recipe, IEnumerable<StepResult>? history = null) =>
        PlanForecast.Of(Planner.Plan(recipe, world, world.Now), history);
}
