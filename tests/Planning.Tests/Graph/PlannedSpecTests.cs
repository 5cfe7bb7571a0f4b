using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class PlannedSpecTests
{
    private static readonly Recipe Recipe = Recipes.Digits(cycles: 1, baselines: []);

    [Fact]
    public void Candidates_start_from_the_cut_under_its_mask_with_the_dense_learning_rates()
    {
        var steps = Steps(Recipe);
        var candidate = Candidate(steps, 2);

        candidate.Checkpoint.ShouldBe(steps[NodeNames.Prune(1)].Result!.Outputs[OutputNames.Checkpoint]);
        candidate.Mask.ShouldBe(steps[NodeNames.Prune(1)].Result!.Outputs[OutputNames.Mask]);
        candidate.DenseReport.ShouldBe(steps[NodeNames.Dense].Result!.Outputs[OutputNames.Report]);
        candidate.PeakLearningRate.ShouldBeNull();
        candidate.Recalibration.ShouldBe(0.2);
    }

    [Fact]
    public void The_dense_run_keeps_the_statistics_of_its_training() =>
        ((TrainSpec)Steps(Recipe)[NodeNames.Dense].Spec!).Recalibration.ShouldBe(0);

    [Fact]
    public void Candidates_are_averaged_as_the_retraining_says_and_the_dense_run_as_the_pretraining_says()
    {
        var (swa, ema) = (MethodSpec.Of("swa"), MethodSpec.Of("ema"));
        var candidates = Steps(Recipe with { Retraining = Recipe.Retraining with { Averaging = swa } });
        var dense = Steps(Recipe with { Pretraining = Recipe.Pretraining with { Averaging = ema } });

        (Candidate(candidates, 1).Averaging, ((TrainSpec)candidates[NodeNames.Dense].Spec!).Averaging).ShouldBe((swa, null));
        (Candidate(dense, 1).Averaging, ((TrainSpec)dense[NodeNames.Dense].Spec!).Averaging).ShouldBe((null, ema));
    }

    [Fact]
    public void An_averaged_dense_run_has_its_statistics_measured_as_candidates_have() =>
        ((TrainSpec)Steps(Recipe with { Pretraining = Recipe.Pretraining with { Averaging = MethodSpec.Of("ema") } })[NodeNames.Dense].Spec!)
            .Recalibration.ShouldBe(0.2);

    [Fact]
    public void Layers_with_sparsities_of_their_own_grow_with_the_others_and_end_where_they_are_to()
    {
        var recipe = Recipes.Digits(cycles: 2, baselines: []);
        var layers = new Dictionary<string, double> { ["fc2.*"] = 0.75, ["fc1.*"] = 0 };

        var steps = Steps(recipe with { Sparsification = recipe.Sparsification with { Schedule = "geometric", Layers = layers } });

        Layers(steps, 1).ShouldBe([("fc1.*", 0), ("fc2.*", 0.5)]);
        Layers(steps, 2).ShouldBe([("fc1.*", 0), ("fc2.*", 0.75)]);

        static IEnumerable<(string, double)> Layers(IReadOnlyDictionary<string, PlannedStep> steps, int cycle) =>
            ((PruneSpec)steps[NodeNames.Prune(cycle)].Spec!).Layers!.Select(l => (l.Key, l.Value));
    }

    [Theory]
    [InlineData("unstructured", null)]
    [InlineData("row", null)]
    [InlineData("2-of-4", "input-channels")]
    public void Only_patterns_of_a_fixed_density_name_their_layout_so_that_other_keys_stay(string structure, string? layout) =>
        ((PruneSpec)Steps(Recipe with { Sparsification = Recipe.Sparsification with { Structure = structure } })[NodeNames.Prune(1)].Spec!).Layout.ShouldBe(layout);

    [Fact]
    public void Dense_run_and_candidates_are_updated_in_the_same_way()
    {
        var pretraining = Recipe.Pretraining with { Optimizer = MethodSpec.Of("adamw"), ClipNorm = 1, LabelSmoothing = 0.1, Mixup = 0.2 };
        var steps = Steps(Recipe with { Pretraining = pretraining });

        foreach (var spec in new[] { (TrainSpec)steps[NodeNames.Dense].Spec!, Candidate(steps, 1) })
            (spec.Optimizer!.Name, spec.ClipNorm, spec.LabelSmoothing, spec.Mixup).ShouldBe(("adamw", 1, 0.1, 0.2));
    }

    [Theory]
    [InlineData("float32", null, "float32")]
    [InlineData("bfloat16", null, "bfloat16")]
    [InlineData("bfloat16", "float32", "float32")]
    [InlineData("float32", "bfloat16", "bfloat16")]
    public void Candidates_are_trained_in_the_precision_of_the_dense_run_unless_they_have_one(string dense, string? retraining, string candidates)
    {
        var steps = Steps(Recipe with
        {
            Pretraining = Recipe.Pretraining with { Precision = dense },
            Retraining = Recipe.Retraining with { Precision = retraining },
        });

        (((TrainSpec)steps[NodeNames.Dense].Spec!).Precision, Candidate(steps, 1).Precision).ShouldBe((dense, candidates));
    }

    [Fact]
    public void Naming_the_precision_that_is_the_default_changes_no_key() =>
        Steps(Recipe with { Pretraining = Recipe.Pretraining with { Precision = "float32" }, Retraining = Recipe.Retraining with { Precision = "float32" } })
            .Values.Select(s => s.Key).ShouldBe(Steps(Recipe).Values.Select(s => s.Key));

    [Fact]
    public void Naming_the_optimizer_that_is_the_default_changes_no_key() =>
        Steps(Recipe with { Pretraining = Recipe.Pretraining with { Optimizer = MethodSpec.Of("sgd") } }).Values.Select(s => s.Key)
            .ShouldBe(Steps(Recipe).Values.Select(s => s.Key));

    [Theory]
    [InlineData("seed")]
    [InlineData("weight-decay", 0.01, 0.03, 0.1)]
    [InlineData("retrain-length", 1.0, 2.0, 4.0)]
    [InlineData("peak-learning-rate", 0.001, 0.002, 0.004)]
    public void Candidates_of_every_dimension_are_trained_with_AdamW_and_differ(string vary, params double[] values)
    {
        var steps = Steps(Recipe with
        {
            Pretraining = Recipe.Pretraining with { Optimizer = MethodSpec.Of("adamw") },
            Retraining = Recipe.Retraining with { Vary = vary, Values = values.Length == 0 ? null : values },
        });
        TrainSpec[] specs = [.. Enumerable.Range(0, 3).Select(i => Candidate(steps, i))];

        specs.ShouldAllBe(s => s.Optimizer!.Name == "adamw");
        specs.Select(StepKey.Of).ShouldBeUnique();
        if (values.Length > 0)
            specs.Select(s => vary switch { "weight-decay" => s.WeightDecay, "retrain-length" => s.Epochs, _ => s.PeakLearningRate!.Value }).ShouldBe(values);
    }

    [Fact]
    public void Start_weights_are_where_the_dense_run_starts_and_nothing_else()
    {
        var weights = new ArtifactRef(new string('a', 64), 1, ArtifactFormats.Safetensors);
        var steps = Steps(Recipe with { Pretraining = Recipe.Pretraining with { Checkpoint = weights } });

        ((TrainSpec)steps[NodeNames.Dense].Spec!).Checkpoint.ShouldBe(weights);
        steps.Values.Count(s => s.Spec!.Inputs.Contains(weights)).ShouldBe(1);
    }

    [Fact]
    public void A_model_from_a_file_is_an_input_of_whatever_builds_its_network_or_asks_for_its_layers()
    {
        var script = new ArtifactRef(new string('b', 64), 1, ArtifactFormats.TorchScript);
        var steps = Steps(Recipe with { Model = Recipe.Model with { Script = script } });

        steps.Values.ShouldAllBe(s => s.Spec!.Inputs.Contains(script));
    }

    [Fact]
    public void Only_schedules_that_ask_are_told_what_the_cut_did()
    {
        var asking = Recipe with { Retraining = Recipe.Retraining with { Schedule = "invented", NeedsCutMeasures = true } };
        var (plain, adaptive) = (Candidate(Steps(Recipe), 0), Candidate(Steps(asking), 0));

        (plain.NormDrop, plain.PrunedFraction).ShouldBe((null, null));
        (adaptive.NormDrop, adaptive.PrunedFraction).ShouldBe((0.25, 0.5));
    }

    [Theory]
    [InlineData("global-magnitude", false)]
    [InlineData("layer-magnitude", false)]
    [InlineData("random", true)]
    public void Only_pruners_that_draw_get_a_seed(string pruner, bool seeded)
    {
        var recipe = Recipe with { Sparsification = Recipe.Sparsification with { Method = MethodSpec.Of(pruner) } };

        (((PruneSpec)Steps(recipe)[NodeNames.Prune(1)].Spec!).Seed != 0).ShouldBe(seeded);
    }

    [Fact]
    public void Soups_know_the_validation_accuracy_of_their_candidates()
    {
        var steps = Steps(Recipe);

        ((SoupSpec)steps[NodeNames.Soup(1)].Spec!).Candidates.ShouldBe(Enumerable.Range(0, 3).Select(i => steps[NodeNames.Candidate(1, i)].Result!)
            .Select(r => new SoupCandidate(r.Outputs[OutputNames.Checkpoint], r.Metrics[MetricNames.ValidationAccuracy])));
    }

    [Fact]
    public void Evaluations_are_told_the_corruptions_in_an_order_that_does_not_change_their_key()
    {
        var recipe = Recipe with { Evaluation = Recipe.Evaluation with { Corruptions = ["fog", "blur"], Severities = [3, 1] } };

        var spec = (EvaluateSpec)Steps(recipe)[NodeNames.Evaluation(NodeNames.Soup(1))].Spec!;

        (spec.Corruptions, spec.Severities).ShouldSatisfyAllConditions(s => s.Corruptions.ShouldBe(["blur", "fog"]), s => s.Severities.ShouldBe([1, 3]));
    }

    [Fact]
    public void Evaluations_are_told_the_metrics_in_an_order_that_does_not_change_their_key()
    {
        var recipe = Recipe with { Evaluation = Recipe.Evaluation with { Metrics = ["perplexity", "macro-f1"] } };

        ((EvaluateSpec)Steps(recipe)[NodeNames.Evaluation(NodeNames.Soup(1))].Spec!).Metrics.ShouldBe(["macro-f1", "perplexity"]);
    }

    [Fact]
    public void Only_the_last_soup_is_timed_and_asking_for_it_repeats_no_evaluation()
    {
        var recipe = Recipe with { Evaluation = Recipe.Evaluation with { LatencyBatch = 64 } };

        var (plain, steps) = (Steps(Recipe), Steps(recipe));

        var timed = steps.Values.Where(s => s.Kind == StepKinds.Time).ShouldHaveSingleItem();
        var soup = NodeNames.Soup(recipe.Sparsification.Cycles);
        timed.Node.ShouldBe(NodeNames.Timing(soup));
        var spec = (TimeSpec)timed.Spec!;
        (spec.Batch, spec.Run, spec.Checkpoint).ShouldBe((64, RunId.Of(recipe), steps[soup].Result!.Outputs[OutputNames.Checkpoint]));
        foreach (var (node, step) in plain) steps[node].Key.ShouldBe(step.Key);
    }

    [Fact]
    public void A_time_is_no_other_runs_result()
    {
        var timed = Recipe with { Evaluation = Recipe.Evaluation with { LatencyBatch = 64 } };
        var node = NodeNames.Timing(NodeNames.Soup(timed.Sparsification.Cycles));

        Steps(timed)[node].Key.ShouldNotBe(Steps(timed with { Name = "another" })[node].Key, "another run may be on another machine");
    }

    private static Dictionary<string, PlannedStep> Steps(Recipe recipe) => new FakeWorld().RunToEnd(recipe).Steps.ToDictionary(s => s.Node);

    private static TrainSpec Candidate(Dictionary<string, PlannedStep> steps, int index) => (TrainSpec)steps[NodeNames.Candidate(1, index)].Spec!;
}
