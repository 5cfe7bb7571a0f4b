using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using SparsePipeline.Standalone;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>Recipes that a step would refuse: <c>plan</c> and <c>run</c> refuse them with that step's own reason, before anything is spent.</summary>
public sealed class RefusedPlanTests : IDisposable
{
    private const string Mlp = "{ name: mlp, options: { hidden: [16] } }";
    private const string Digits = "{ name: digits, limit: 200 }";
    private const string Half = "{ sparsity: 0.5, cycles: 2 }";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Model, data, pretraining beside epochs and rate, sparsification, retraining beside epochs and candidates, and what is said of it.</summary>
    public static TheoryData<string, string, string, string, string, string> Wrong => new()
    {
        // The model against the data's shape and classes.
        { "{ name: vgg11 }", Digits, "", Half, "", "dense: " },
        { "{ name: gpt, options: { heads: 3 } }", "{ name: text, path: FOLDER/text, options: { context: 16 } }", "", Half, "", "dense: " },
        { "{ name: torchscript, file: NET }", "{ name: csv, path: FOLDER/two-classes.csv }", "", Half, "", "dense: Model torchscript failed in evaluation mode on inputs [2, 2]" },
        { "{ name: torchscript, file: ROWS }", "{ name: csv, path: FOLDER/two-classes.csv }", "", Half, "", "dense: Model torchscript returns [2, 3] for inputs [2, 2], but the data needs [2, 2]: one logit per class." },

        // What is found out about a script by running it.
        { "{ name: torchscript, file: FOLDER/detached.pt }", Digits, "", Half, "", "dense: Model torchscript returns outputs without a gradient" },
        { "{ name: torchscript, file: FOLDER/frozen.pt }", Digits, "batchSize: 32", Half, "", "cycle-1/candidate-0: Model torchscript cannot be recalibrated: 'features.1' does not keep" },

        // Cuts that keep nothing or cannot be made: of the whole, of a layer, of a structure in a later cycle.
        { Mlp, Digits, "", "{ sparsity: 0.9999, cycles: 1 }", "", "cycle-1/prune: Sparsity 0.9999 keeps none of the 1184 prunable weights." },
        { Mlp, Digits, "", "{ sparsity: 0.95, cycles: 2, structure: row }", "", "cycle-2/prune: The cut keeps 59 of 1184 prunable weights, but the structure 'row'" },
        { "{ name: mlp, options: { hidden: [18] } }", Digits, "", "{ sparsity: 0.5, cycles: 1, schedule: one-shot, structure: 2-of-4 }", "", "cycle-1/prune: The structure '2-of-4' needs whole groups of 4 inputs: 'layers.1.weight' has 18." },
        { Mlp, Digits, "", "{ sparsity: 0.5, cycles: 1, exclude: ['*'] }", "", "cycle-1/prune: None of the 4 tensors is prunable" },
        { Mlp, Digits, "", "{ sparsity: 0.5, cycles: 1, exclude: ['layer.0*'] }", "", "cycle-1/prune: exclude " },

        // Recalibration by less than one batch, which is the training's where there are fewer than 64 examples.
        { "{ name: torchscript, file: NET }", "{ name: digits, limit: 100 }", "batchSize: 16", Half, "recalibration: 0.15", "cycle-1/candidate-0: recalibration 0.15 of 100 training examples is 15, less than one batch of 16." },

        // What is in the data.
        { Mlp, "{ name: csv, path: FOLDER/words.csv }", "", Half, "", "dense: CSV file 'FOLDER/words.csv' has 'ninety' in column 'y' on line 3" },
        { Mlp, "{ name: csv, path: FOLDER/columns }", "", Half, "", "dense: CSV file 'FOLDER/columns/test.csv' has no column 'y'" },
        { Mlp, "{ name: csv, path: FOLDER/one-class.csv }", "", Half, "", "dense: The label column of the training rows has 1 different values" },
        { Mlp, "{ name: digits, limit: 1 }", "", Half, "", "dense: data.validation 0.1 and data.limit 1 of" },

        // Start weights of another network, and of other columns.
        { "{ name: mlp, options: { hidden: [8] } }", Digits, "weights: FOLDER/sixteen.safetensors", Half, "", "dense: The checkpoint sixteen.safetensors does not fit the model" },
        { Mlp, "{ name: digits, limit: 200 }", "weights: FOLDER/other-order.safetensors", Half, "", "dense: The checkpoint was trained on classes in another order than the data has them: number 0 was '9' and is '0'." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_a_step_would_refuse_plan_and_run_refuse_in_the_same_words(
        string model, string data, string pretraining, string sparsification, string retraining, string reason)
    {
        var recipe = Write(model, data, pretraining, sparsification, retraining);

        var plan = await CliRun.InvokeAsync("plan", recipe, "--store", _folder.File("looked-at"));
        var run = await CliRun.InvokeAsync("run", recipe, "--store", _folder.File("store"), "--runners", "1");
        var failure = await RunUncheckedAsync(recipe);

        plan.ErrorLines.Single().ShouldStartWith($"error: {reason.Replace("FOLDER", _folder.Path, StringComparison.Ordinal)}");
        (plan.ExitCode is ExitCodes.Usage or ExitCodes.RefusedInput).ShouldBeTrue($"exit code {plan.ExitCode}");
        (run.ExitCode, run.Error).ShouldBe((plan.ExitCode, plan.Error));
        run.Output.ShouldBeEmpty("nothing was begun");
        Directory.Exists(_folder.File("looked-at")).ShouldBeFalse("plan changes nothing");
        // The soup tells of its candidates' failures within its own; a step knows the blob of a file and not its name.
        var told = plan.ErrorLines[0]["error: ".Length..].Replace(" sixteen.safetensors", "", StringComparison.Ordinal);
        told.ShouldStartWith(failure.Reason[failure.Reason.IndexOf(reason.Split(':')[0], StringComparison.Ordinal)..]);
        told.ShouldEndWith(failure.Remedy.Split(" A lower soup.quorum")[0]);
    }

    [Fact]
    public async Task All_reasons_are_told_at_once_and_each_of_them_once()
    {
        var recipe = Write("{ name: torchscript, file: NET }", "{ name: digits, limit: 100 }", "batchSize: 16", "{ sparsity: 0.99999, cycles: 2 }", "recalibration: 0.15");

        var plan = await CliRun.InvokeAsync("plan", recipe, "--store", _folder.File("store"), "--json");

        plan.ExitCode.ShouldBe(ExitCodes.Usage);
        plan.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("reason").GetString()).ShouldBe(
        [
            "cycle-1/candidate-0: recalibration 0.15 of 100 training examples is 15, less than one batch of 16.",
            "cycle-2/prune: Sparsity 0.99999 keeps none of the 6032 prunable weights.",
        ]);
    }

    /// <summary>BatchNorm over rows has no variance of one example; libtorch says so in the first update, as an exception that is tried again.</summary>
    [Fact]
    public async Task What_libtorch_only_says_during_an_update_is_said_by_the_plan()
    {
        var recipe = Write("{ name: torchscript, file: ROWS }", "{ name: csv, path: FOLDER/three-classes.csv }", "batchSize: 1", Half, "recalibration: 0");

        var plan = await CliRun.InvokeAsync("plan", recipe, "--store", _folder.File("store"));

        plan.ErrorLines.Single().ShouldContain("Expected more than 1 value per channel when training");
    }

    [Fact]
    public async Task A_study_is_refused_as_a_whole_before_its_first_run()
    {
        var recipe = Write(Mlp, Digits, "", Half, "");
        File.WriteAllText(_folder.File("study.yaml"), $$"""
            name: refused
            title: Refused
            recipe: {{recipe}}
            seeds: { tuning: [], judging: [1, 2] }
            grids:
              - name: sparsity
                title: Sparsity
                axes: { sparsification.sparsity: [0.5, 0.9999] }
            """);

        foreach (var arguments in new[] { (string[])["--plan"], [] })
        {
            var study = await CliRun.InvokeAsync(["study", _folder.File("study.yaml"), "--store", _folder.File("store"), "--output", _folder.File("out"), .. arguments]);
            study.ErrorLines.ShouldBe(["error: cycle-2/prune: Sparsity 0.9999 keeps none of the 1184 prunable weights. Ask for less."]);
            study.ExitCode.ShouldBe(ExitCodes.Usage);
            study.Output.ShouldBeEmpty();
        }
    }

    private async Task<StepFailure> RunUncheckedAsync(string recipe)
    {
        var (named, files) = RecipeFile.Open(recipe);
        await using var pipeline = await EmbeddedPipeline.StartAsync(new EmbeddedOptions { StoreFolder = _folder.File("unchecked"), Runners = 1 }, TestContext.Current.CancellationToken);
        foreach (var file in files)
            await file.StoreAsync(pipeline.Artifacts, TestContext.Current.CancellationToken);
        return (await pipeline.RunAsync(named, new Nobody(), TestContext.Current.CancellationToken)).Plan.Failure!;
    }

    private string Write(string model, string data, string pretraining, string sparsification, string retraining)
    {
        WriteData();
        File.WriteAllText(_folder.File("recipe.yaml"), $$"""
            name: wrong
            model: {{model}}
            data: {{data}}
            pretraining: { epochs: 1, learningRate: 0.1{{More(pretraining)}} }
            sparsification: {{sparsification}}
            retraining: { epochs: 1, candidates: 2{{More(retraining)}} }
            evaluation: { baselines: [] }
            """
            .Replace("FOLDER", _folder.Path, StringComparison.Ordinal).Replace("NET", ExampleScript.File, StringComparison.Ordinal).Replace("ROWS", ExampleScript.RowsFile, StringComparison.Ordinal));
        return _folder.File("recipe.yaml");
    }

    private static string More(string fields) => fields.Length == 0 ? "" : $", {fields}";

    private void WriteData()
    {
        Directory.CreateDirectory(_folder.File("text"));
        File.WriteAllText(_folder.File("text/a.txt"), string.Concat(Enumerable.Repeat("to be or not to be, that is the question. ", 40)));
        File.WriteAllText(_folder.File("two-classes.csv"), Table(i => $"{i},{i % 7},{"ab"[i % 2]}"));
        File.WriteAllText(_folder.File("three-classes.csv"), Table(i => $"{i},{i % 7},{"abc"[i % 3]}"));
        File.WriteAllText(_folder.File("one-class.csv"), Table(i => $"{i},{i % 7},a"));
        File.WriteAllText(_folder.File("words.csv"), "x,y,kind\n1,2,a\n3,ninety,b\n");
        Directory.CreateDirectory(_folder.File("columns"));
        File.WriteAllText(_folder.File("columns/train.csv"), Table(i => $"{i},{i % 7},{"ab"[i % 2]}"));
        File.WriteAllText(_folder.File("columns/test.csv"), "x,kind\n1,a\n");
        Script("detached.pt", ExampleScript.Network, "    return _1\n", "    return torch.detach(_1)\n");
        Script("frozen.pt", "modules/batchnorm", "bias, bn_training, 0.1", "bias, False, 0.1");
        Weights("sixteen.safetensors", metadata: null);
        Weights("other-order.safetensors", new Dictionary<string, string> { ["sparsepipeline.labels"] = "[\"9\",\"8\",\"7\",\"6\",\"5\",\"4\",\"3\",\"2\",\"1\",\"0\"]" });
    }

    private static string Table(Func<int, string> row) => "x,y,kind\n" + string.Join('\n', Enumerable.Range(0, 80).Select(row));

    private void Script(string name, string entry, string old, string replacement)
    {
        if (!File.Exists(_folder.File(name)))
            ExampleScript.WithText(_folder.File(name), entry, old, replacement);
    }

    private void Weights(string name, Dictionary<string, string>? metadata)
    {
        using var writer = StateDictWriter.Create(
            _folder.File(name),
            [
                TensorInfo.Of("layers.0.weight", TensorType.F32, 16, 64), TensorInfo.Of("layers.0.bias", TensorType.F32, 16),
                TensorInfo.Of("layers.1.weight", TensorType.F32, 10, 16), TensorInfo.Of("layers.1.bias", TensorType.F32, 10),
            ],
            metadata);
        writer.Complete();
    }

    private sealed class Nobody : IRunObserver
    {
        public void Planned(string runId, Plan plan)
        {
        }

        public void Started(StepStarted started)
        {
        }

        public void Progressed(StepProgressed progressed)
        {
        }

        public void Failed(StepFailed failed)
        {
        }
    }
}
