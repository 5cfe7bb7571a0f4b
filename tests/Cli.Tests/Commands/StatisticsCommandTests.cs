using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class StatisticsCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("wanda")]
    [InlineData("sparsegpt")]
    public async Task What_is_collected_of_a_checkpoint_prunes_it(string pruner)
    {
        var net = await NetworkAsync();
        var collected = await CliRun.InvokeAsync("statistics", net, "--model", "mlp", "--option", "hidden=[16]", "--data", "digits", "--products", "--examples", "100", "-o", folder.File("s"));
        collected.ExitCode.ShouldBe(ExitCodes.Ok, collected.Error);
        collected.Output.ShouldContain("layers.0.weight: 100 rows of 64 inputs, with products");

        var pruned = await CliRun.InvokeAsync("prune", net, "-s", "0.5", "--method", pruner, "--statistics", folder.File("s"));
        pruned.ExitCode.ShouldBe(ExitCodes.Ok, pruned.Error);

        pruned.Output.ShouldContain("50.0 % of 1,184 prunable weights are zero");
    }

    [Fact]
    public async Task Activations_are_stored_row_by_row_and_an_unknown_layer_is_refused_with_near_names()
    {
        var net = await NetworkAsync();
        string[] arguments = ["statistics", net, "--model", "mlp", "--option", "hidden=[16]", "--data", "digits", "--rows", "40", "-o", folder.File("s"), "--activations"];
        var stored = await CliRun.InvokeAsync([.. arguments, "layers.1.weight"]);
        stored.ExitCode.ShouldBe(ExitCodes.Ok, stored.Error);
        using (var file = StatisticsFile.Open(folder.File("s")))
        {
            file.WithRows.ShouldBe(["layers.1.weight"]);
            (file.Rows("layers.1.weight", test: false)!.Examples.Length, file.Rows("layers.1.weight", test: true)!.Inputs).ShouldBe((40, 16));
        }

        var refused = await CliRun.InvokeAsync([.. arguments, "layer.1.weight", "--force"]);
        refused.Error.ShouldContain("Did you mean 'layers.1.weight'");
    }

    [Fact]
    public async Task Statistics_are_of_one_checkpoint_and_for_pruners_that_go_by_them()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        var other = SmallCheckpoint.Write(folder.File("n.safetensors"));

        (await CliRun.InvokeAsync("prune", file, "-s", "0.5", "--method", "wanda")).Error.ShouldContain("prune --statistics");
        (await CliRun.InvokeAsync("prune", file, other, "-s", "0.5", "--method", "wanda", "--statistics", file)).Error.ShouldContain("--statistics is of one checkpoint, and 2 are given.");
        (await CliRun.InvokeAsync("prune", file, "-s", "0.5", "--statistics", file)).Error.ShouldContain("the pruner 'global-magnitude' goes by weights alone");
        (await CliRun.InvokeAsync("prune", file, "-s", "0.5", "--method", "wanda", "--statistics", other)).Error.ShouldContain("is not statistics of layer inputs");
        (await CliRun.InvokeAsync("statistics", file, "--model", "mlp", "--data", "digits", "--examples", "0", "-o", folder.File("s"))).Error.ShouldContain("--examples is 0. Give at least 1.");
    }

    private async Task<string> NetworkAsync()
    {
        File.WriteAllText(folder.File("train.yaml"), """
            name: train
            workflow: train
            model: { name: mlp, options: { hidden: [16] } }
            data: { name: digits }
            pretraining: { epochs: 1, learningRate: 0.1 }
            """);
        var run = await CliRun.InvokeAsync("run", folder.File("train.yaml"), "--runners", "1", "--store", folder.File("store"));
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var exported = await CliRun.InvokeAsync("export", "train", "--store", folder.File("store"), "--output", folder.File("net.safetensors"));
        exported.ExitCode.ShouldBe(ExitCodes.Ok, exported.Error);
        return folder.File("net.safetensors");
    }
}
