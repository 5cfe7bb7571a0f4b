using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>Which steps the workflows beside the cycles of soups consist of.</summary>
public sealed class WorkflowTests
{
    private const string Model = """
        name: digits
        model: mlp
        data:
          name: digits

        """;

    [Fact]
    public void Prune_only_without_retraining_is_one_cut_that_is_measured()
    {
        var plan = RunToEnd(Model + """
            workflow: prune-only
            pretraining: { epochs: 10, learningRate: 0.1 }
            sparsification: { sparsity: 0.9 }
            """);

        Nodes(plan).ShouldBe(["dense", "dense/evaluation", "cycle-1/prune", "cycle-1/prune/evaluation"]);
        (plan.Workflow, plan.Network, plan.Finished).ShouldBe(("prune-only", "cycle-1/prune", true));
        ((PruneSpec)Step(plan, "cycle-1/prune").Spec!).Sparsity.ShouldBe(0.9);
    }

    [Fact]
    public void Prune_only_with_retraining_trains_once_under_the_mask()
    {
        var plan = RunToEnd(Model + """
            workflow: prune-only
            pretraining: { epochs: 10, learningRate: 0.1 }
            sparsification: { sparsity: 0.9 }
            retraining: { epochs: 4 }
            """);

        Nodes(plan).ShouldBe(
            ["dense", "dense/evaluation", "cycle-1/prune", "cycle-1/prune/evaluation", "cycle-1/candidate-0", "cycle-1/candidate-0/evaluation"]);
        plan.Network.ShouldBe("cycle-1/candidate-0");
        ((TrainSpec)Step(plan, "cycle-1/candidate-0").Spec!).Mask.ShouldBe(Step(plan, "cycle-1/prune").Result!.Outputs[OutputNames.Mask]);
    }

    [Fact]
    public void A_sparse_autoencoder_is_trained_on_what_was_collected_of_the_network()
    {
        var plan = RunToEnd(Model + """
            workflow: sparse-autoencoder
            pretraining: { epochs: 10, learningRate: 0.1 }
            autoencoder: { layer: layers.1.weight, rows: 500, epochs: 5 }
            """);

        Nodes(plan).ShouldBe(["dense", "activations", "autoencoder", "autoencoder/evaluation"]);
        plan.Network.ShouldBe("autoencoder");
        var collect = (CollectSpec)Step(plan, "activations").Spec!;
        collect.Activations!.Layers.ShouldBe(["layers.1.weight"]);
        (collect.Activations.Rows, collect.Activations.TestRows).ShouldBe((500, 500));
        var train = (TrainSpec)Step(plan, "autoencoder").Spec!;
        train.Data.Stored.ShouldBe(Step(plan, "activations").Result!.Outputs[OutputNames.Statistics]);
        train.Inputs.ShouldContain(train.Data.Stored);
        train.Hooks!.Single().Name.ShouldBe("unit-norm");
        ((EvaluateSpec)Step(plan, "autoencoder/evaluation").Spec!).Data.ShouldBe(train.Data);
    }

    [Fact]
    public void The_first_steps_of_prune_only_are_those_of_a_run_of_soups()
    {
        var world = new FakeWorld();
        var sparsification = new SparsificationRecipe { Sparsity = 0.9, Cycles = 1 };
        var retraining = new RetrainingRecipe { Epochs = 4, Candidates = 1 };
        world.RunToEnd(Recipes.Digits() with { Sparsification = sparsification, Retraining = retraining });
        world.Executed.Clear();

        world.RunToEnd(Recipes.Digits() with { Workflow = MethodSpec.Of("prune-only"), Sparsification = sparsification, Retraining = retraining });

        world.Executed.ShouldBe(["cycle-1/prune/evaluation"]);
    }

    [Fact]
    public void A_training_without_sparsification_is_one_step_and_its_measurement()
    {
        var plan = RunToEnd(Model + """
            workflow: train
            pretraining: { epochs: 10, learningRate: 0.1 }
            """);

        Nodes(plan).ShouldBe(["trained", "trained/evaluation"]);
        Step(plan, "trained").Key.ShouldBe(Planner.Plan(Recipes.Digits(), new FakeWorld(), FakeWorld.Start).Ready.Single().Key, "it is the pretraining of other runs");
    }

    [Fact]
    public void A_sparse_training_begins_with_a_cut_of_the_weights_it_would_start_from()
    {
        var plan = RunToEnd(Model + """
            workflow: train
            pretraining: { epochs: 10, learningRate: 0.1 }
            sparsification: { method: random, allocation: erk, sparsity: 0.9 }
            """);

        Nodes(plan).ShouldBe(["initial", "cycle-1/prune", "trained", "trained/evaluation"]);
        var (initial, trained) = ((TrainSpec)Step(plan, "initial").Spec!, (TrainSpec)Step(plan, "trained").Spec!);
        (initial.Epochs, initial.Seed).ShouldBe((0, trained.Seed));
        var cut = Step(plan, "cycle-1/prune").Result!.Outputs;
        (trained.Epochs, trained.Checkpoint, trained.Mask, trained.Schedule.Name).ShouldBe((10, cut[OutputNames.Checkpoint], cut[OutputNames.Mask], "linear"));
    }

    [Fact]
    public void A_merge_measures_each_network_and_averages_all()
    {
        var plan = new FakeWorld().RunToEnd(Merge(policy: null));

        Nodes(plan).ShouldBe(["network-0/evaluation", "network-1/evaluation", "soup", "soup/evaluation"]);
        var soup = (SoupSpec)Step(plan, "soup").Spec!;
        soup.Candidates.ShouldBe([
            new SoupCandidate(Given('1'), Step(plan, "network-0/evaluation").Result!.Metrics[MetricNames.ValidationAccuracy]),
            new SoupCandidate(Given('2'), Step(plan, "network-1/evaluation").Result!.Metrics[MetricNames.ValidationAccuracy])]);
        (soup.Mask, soup.Expected, plan.Network).ShouldBe((null, null, "soup"));
    }

    [Fact]
    public void A_merge_measures_the_anchor_and_gives_it_to_the_soup()
    {
        var recipe = Merge(policy: null);
        recipe = recipe with { Soup = recipe.Soup with { Method = MethodSpec.Of("ties"), AnchorCheckpoint = Given('3') }, Evaluation = new EvaluationRecipe { LatencyBatch = 4 } };

        var plan = new FakeWorld().RunToEnd(recipe);

        Nodes(plan).ShouldBe(["network-0/evaluation", "network-1/evaluation", "anchor/evaluation", "soup", "soup/evaluation", "soup/timing"]);
        ((SoupSpec)Step(plan, "soup").Spec!).Anchor.ShouldBe(Given('3'));
        ((EvaluateSpec)Step(plan, "anchor/evaluation").Spec!).Checkpoint.ShouldBe(Given('3'));
    }

    [Fact]
    public void A_merge_with_a_mask_policy_takes_the_zeros_of_each_network_for_its_mask()
    {
        var plan = new FakeWorld().RunToEnd(Merge("union"));

        var soup = (SoupSpec)Step(plan, "soup").Spec!;
        soup.Candidates.Select(c => c.Mask).ShouldBe(new[] { 0, 1 }.Select(i => Step(plan, $"network-{i}/mask").Result!.Outputs[OutputNames.Mask]));
        var mask = (PruneSpec)Step(plan, "network-1/mask").Spec!;
        (mask.Method.Name, mask.KeepZeros, mask.Checkpoint).ShouldBe(("none", true, Given('2')));
    }

    [Fact]
    public void Weights_that_are_taken_as_they_are_cost_no_step()
    {
        var recipe = Recipes.Digits(candidates: 2, cycles: 1, baselines: ["dense"]);
        recipe = recipe with
        {
            Pretraining = new PretrainingRecipe { Epochs = 0, Checkpoint = Given('1') },
            Retraining = recipe.Retraining with { PeakLearningRate = 0.05 },
            Sparsification = recipe.Sparsification with { KeepZeros = true },
        };

        var plan = new FakeWorld().RunToEnd(recipe);

        Nodes(plan)[0].ShouldBe("cycle-1/prune");
        var (cut, candidate) = ((PruneSpec)Step(plan, "cycle-1/prune").Spec!, (TrainSpec)Step(plan, "cycle-1/candidate-0").Spec!);
        (cut.Checkpoint, cut.KeepZeros, cut.Mask).ShouldBe((Given('1'), true, null));
        (candidate.DenseReport, candidate.PeakLearningRate).ShouldBe((null, 0.05));
        ((EvaluateSpec)Step(plan, "dense/evaluation").Spec!).Checkpoint.ShouldBe(Given('1'));
    }

    [Fact]
    public void Zeros_are_kept_by_the_first_cut_only()
    {
        var recipe = Recipes.Digits(candidates: 1, cycles: 2, baselines: []);
        var plan = new FakeWorld().RunToEnd(recipe with
        {
            Pretraining = new PretrainingRecipe { Epochs = 0, Checkpoint = Given('1') },
            Sparsification = recipe.Sparsification with { KeepZeros = true },
        });

        new[] { 1, 2 }.Select(c => ((PruneSpec)Step(plan, NodeNames.Prune(c)).Spec!).KeepZeros).ShouldBe([true, false]);
    }

    [Fact]
    public void Every_workflow_says_what_it_is_for() => Workflows.Registry.Infos.ShouldAllBe(i => i.UseWhen.StartsWith("Use it", StringComparison.Ordinal));

    private static ArtifactRef Given(char digit) => new(new string(digit, 64), 5, ArtifactFormats.Safetensors);

    private static Recipe Merge(string? policy) => new()
    {
        Name = "merged",
        Workflow = MethodSpec.Of("merge"),
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Soup = new SoupRecipe { Checkpoints = [Given('1'), Given('2')], MaskPolicy = policy },
    };

    private static Plan RunToEnd(string yaml) => new FakeWorld().RunToEnd(SmallestRecipe.Read(yaml));

    private static List<string> Nodes(Plan plan) => [.. plan.Steps.Select(s => s.Node)];

    private static PlannedStep Step(Plan plan, string node) => plan.Steps.Single(s => s.Node == node);
}
