using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Planning.Tests;

/// <summary>
/// Every step of runs of all shapes, with its key: written down before graphs were compiled and stored, so that no result of a user is lost.
/// </summary>
public sealed class PlannedKeysTests
{
    private static readonly Recipe Digits = Recipes.Digits();

    private static readonly (string Name, Recipe Recipe, Func<PlannedStep, bool>? Fails)[] Runs =
    [
        ("default", Digits, null),
        ("all baselines", Recipes.Digits(candidates: 3, cycles: 2, baselines: [.. BaselineNames.All]), null),
        ("one candidate", Recipes.Digits(candidates: 1, cycles: 3), null),
        ("re-prune", Recipes.Digits(candidates: 2, cycles: 2, baselines: [.. BaselineNames.All]) with
        {
            Soup = new SoupRecipe { MaskPolicy = "re-prune" },
            Sparsification = new SparsificationRecipe
            {
                Sparsity = 0.9, Cycles = 2, Allocation = "erk", Exclude = ["fc3.*"], Include = ["wte.*"], OutputLayer = "none",
                Layers = new Dictionary<string, double> { ["fc1.*"] = 0.5 },
            },
        }, null),
        ("union, draws", Recipes.Digits(candidates: 2, cycles: 2, baselines: [.. BaselineNames.All]) with
        {
            Soup = new SoupRecipe { MaskPolicy = "union" },
            Sparsification = new SparsificationRecipe { Sparsity = 0.9, Cycles = 2, Method = MethodSpec.Of("random") },
        }, null),
        ("quorum", Digits with { Soup = new SoupRecipe { Quorum = 2 } }, step => step.Node.EndsWith("candidate-1", StringComparison.Ordinal)),
        ("union quorum", Recipes.Digits(candidates: 3, cycles: 2, baselines: ["ensemble", "imp-average"]) with
        {
            Soup = new SoupRecipe { MaskPolicy = "union", Quorum = 2 },
        }, step => step.Node == "cycle-1/candidate-1"),
        ("ensemble without one", Recipes.Digits(candidates: 3, cycles: 1, baselines: ["ensemble"]) with { Soup = new SoupRecipe { Quorum = 2 } },
            step => step.Node == "cycle-1/candidate-0"),
        ("adaptive", Digits with { Retraining = Digits.Retraining with { Schedule = "ALLR", NeedsCutMeasures = true, Precision = Precisions.Bfloat16, Recalibration = 0 } }, null),
        ("lengths", Digits with { Retraining = Digits.Retraining with { Vary = "retrain-length", Values = [2, 4, 6] } }, null),
        ("options", Digits with
        {
            Model = new ModelSpec { Name = "torchscript", Script = new ArtifactRef(new string('b', 64), 17, ArtifactFormats.TorchScript) },
            Pretraining = Digits.Pretraining with
            {
                Checkpoint = new ArtifactRef(new string('a', 64), 12, ArtifactFormats.Safetensors), BatchSize = 32, ClipNorm = 1,
                Optimizer = MethodSpec.Of("adamw"), Averaging = MethodSpec.Of("ema"), LabelSmoothing = 0.1, Mixup = 0.2,
            },
            Retraining = Digits.Retraining with { Averaging = MethodSpec.Of("swa"), WeightDecay = 0, PeakLearningRate = 0.05 },
            Evaluation = new EvaluationRecipe { Corruptions = ["fog", "brightness"], Severities = [3, 1], Examples = 100, LatencyBatch = 8 },
        }, null),
    ];

    [Fact]
    public void Runs_have_the_steps_and_keys_they_always_had()
    {
        var (stored, expected) = GeneratedFile.Compare("tests/Planning.Tests/Golden/planned-keys.txt", Lines());

        stored.ShouldBe(expected, "results of users would be lost, or steps that were shared are not any more");
    }

    private static string Lines()
    {
        var text = new StringBuilder();
        foreach (var (name, recipe, fails) in Runs)
        {
            text.Append("# ").Append(name).Append(' ').Append(RunId.Of(recipe)).Append('\n');
            foreach (var step in new FakeWorld().RunToEnd(recipe, fails).Steps)
                text.Append($"{step.Node} {step.Kind} {step.State} {step.Key ?? "-"} {step.Epochs}/{step.EpochsAhead} {string.Join(',', step.DependsOn)}\n");
        }

        return text.ToString();
    }
}
