using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>Whole runs of the workflows beside that of soups: planned, run, reported, exported and found cached.</summary>
public sealed class WorkflowRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cut_by_itself_is_run_and_reported()
    {
        var report = await RunAsync("one-cut", "workflow: prune-only", "pretraining: { epochs: 2, learningRate: 0.1 }", "sparsification: { sparsity: 0.8 }");

        Nodes(report).ShouldBe(["cycle-1/prune", "cycle-1/prune/evaluation", "dense", "dense/evaluation"]);
        report.Networks.Select(n => (n.Node, n.Epochs)).ShouldBe([("dense", 2), ("cycle-1/prune", 2)]);
        report.Networks[0].Sparsity!.Value.ShouldBe(0, 0.001);
        report.Networks[1].Sparsity!.Value.ShouldBe(0.8, 0.001);
    }

    [Fact]
    public async Task A_cut_and_a_retraining_are_exported_as_the_result_of_the_run()
    {
        var report = await RunAsync(
            "retrained", "workflow: prune-only", "pretraining: { epochs: 2, learningRate: 0.1 }", "sparsification: { sparsity: 0.8 }", "retraining: { epochs: 1, recalibration: 0 }");

        report.Network.ShouldBe("cycle-1/candidate-0");
        (await InvokeAsync("export", "retrained", "--output", _folder.File("out.safetensors"))).ExitCode.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_training_under_a_mask_of_its_initial_weights_is_sparse_from_the_start()
    {
        var report = await RunAsync(
            "from-scratch", "workflow: train", "pretraining: { epochs: 2, learningRate: 0.1 }", "sparsification: { method: random, allocation: erk, sparsity: 0.8 }");

        Nodes(report).ShouldBe(["cycle-1/prune", "initial", "trained", "trained/evaluation"]);
        report.Networks.Single().Sparsity!.Value.ShouldBe(0.8, 0.001);
    }

    [Fact]
    public async Task Two_networks_of_a_run_are_merged_and_their_average_is_measured_beside_them()
    {
        await TwoNetworksAsync();

        var report = await RunAsync("merged", "workflow: merge", "soup: { networks: [first.safetensors, second.safetensors], recalibration: 0 }");

        report.Networks.Select(n => n.Node).ShouldBe(["network-0", "network-1", "soup"]);
        report.Networks.ShouldAllBe(n => n.Sparsity > 0.45);
    }

    [Fact]
    public async Task Two_networks_are_merged_from_their_anchor_and_the_layers_of_the_merge_are_timed_where_it_ran()
    {
        await TwoNetworksAsync();
        (await InvokeAsync("export", "small", "--node", "cycle-1/prune", "--output", _folder.File("anchor.safetensors"))).ExitCode.ShouldBe(ExitCodes.Ok);

        var report = await RunAsync(
            "anchored", "workflow: merge",
            "soup: { networks: [first.safetensors, second.safetensors], method: model-stock, anchorNetwork: anchor.safetensors, recalibration: 0 }",
            "evaluation: { latencyBatch: 2 }");

        report.Networks.Select(n => n.Node).ShouldBe(["network-0", "network-1", "anchor", "soup"]);
        report.Networks.Select(n => n.Evaluation.Latency is not null).ShouldBe([false, false, false, true]);
        var latency = report.Networks[^1].Evaluation.Latency!;
        (latency.Batch, latency.Machine).ShouldBe((2, Infrastructure.Runners.MachineDescription.Current()));
        (await InvokeAsync("runs", "show", "anchored")).Output.ShouldContain($"on {latency.Machine}");
    }

    [Fact]
    public async Task Two_networks_are_merged_under_the_mask_that_a_policy_makes_of_their_zeros()
    {
        await TwoNetworksAsync();

        var report = await RunAsync("intersected", "workflow: merge", "soup: { networks: [first.safetensors, second.safetensors], maskPolicy: intersect, recalibration: 0 }");

        Nodes(report).ShouldContain("network-1/mask");
        report.Networks[^1].Sparsity!.Value.ShouldBeGreaterThanOrEqualTo(report.Networks[0].Sparsity!.Value - 1e-9);
    }

    [Fact]
    public async Task A_sparse_network_is_retrained_and_cut_on_within_its_zeros()
    {
        await TwoNetworksAsync();

        var report = await RunAsync(
            "on", "workflow: prune-only", "pretraining: { weights: first.safetensors, epochs: 0 }", "sparsification: { method: none, sparsity: 0, keepZeros: true }",
            "retraining: { epochs: 1, peakLearningRate: 0.05, recalibration: 0 }");

        Nodes(report).ShouldBe(["cycle-1/candidate-0", "cycle-1/candidate-0/evaluation", "cycle-1/prune", "cycle-1/prune/evaluation", "dense/evaluation"]);
        report.Networks[^1].Sparsity!.Value.ShouldBe(report.Networks[0].Sparsity!.Value, 1e-9);
    }

    [Fact]
    public async Task Soups_start_from_weights_as_they_are()
    {
        await TwoNetworksAsync();

        var report = await RunAsync(
            "given", "pretraining: { weights: first.safetensors, epochs: 0 }", "sparsification: { sparsity: 0.8, cycles: 1, keepZeros: true }",
            "retraining: { epochs: 1, candidates: 2, peakLearningRate: 0.05, recalibration: 0 }", "evaluation: { baselines: [dense, imp] }");

        report.Steps.ShouldNotContain(s => s.Node == "dense");
        report.Cycles.Single().Sparsity.ShouldBe(0.8, 0.001);
        report.Baselines.Select(b => b.Name).ShouldBe(["dense", "imp"]);
    }

    private static IEnumerable<string> Nodes(RunReport report) => report.Steps.Select(s => s.Node).Order(StringComparer.Ordinal);

    private async Task TwoNetworksAsync()
    {
        var recipe = SmallRecipe.Write(_folder.File("small.yaml"));
        (await InvokeAsync("run", recipe, "--runners", "1")).ExitCode.ShouldBe(ExitCodes.Ok);
        foreach (var (file, node) in new[] { ("first", 0), ("second", 1) })
            (await InvokeAsync("export", "small", "--node", $"cycle-1/candidate-{node}", "--output", _folder.File($"{file}.safetensors"))).ExitCode.ShouldBe(ExitCodes.Ok);
    }

    /// <summary>Plans, runs and runs again; the second time everything is there.</summary>
    private async Task<RunReport> RunAsync(string name, params string[] lines)
    {
        var file = _folder.File($"{name}.yaml");
        await File.WriteAllLinesAsync(file, [$"name: {name}", "model: { name: mlp, options: { hidden: [16] } }", "data: { name: digits, limit: 200 }", .. lines]);
        var plan = await InvokeAsync("plan", file, "--json");
        plan.ExitCode.ShouldBe(ExitCodes.Ok, plan.Error);
        var steps = plan.Json.GetProperty("steps").GetArrayLength();
        var run = await InvokeAsync("run", file, "--runners", "1", "--output", _folder.File($"{name}-report"), "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var report = run.Json.Deserialize<RunReport>(ContractJson.Options)!;
        report.Steps.Count.ShouldBe(steps);
        new FileInfo(_folder.File($"{name}-report/report.html")).Length.ShouldBeGreaterThan(1000);
        var again = (await InvokeAsync("run", file, "--runners", "1", "--json")).Json.Deserialize<RunReport>(ContractJson.Options)!;
        again.Steps.ShouldAllBe(s => s.Cached);
        (await InvokeAsync("runs", "show", name)).Output.ShouldContain("finished");
        return report;
    }

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _folder.File("store")]);
}
