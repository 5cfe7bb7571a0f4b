using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.EndToEnd.Distributed;

/// <summary>The same recipes with workers in other processes, over a real broker and a real object store.</summary>
[Trait("Category", "EndToEnd")]
public sealed class DistributedRunTests(Topology topology) : IClassFixture<Topology>
{
    private const int Stopped = 130;

    [Fact]
    public async Task A_run_ends_in_the_digests_of_the_embedded_one_and_its_report_comes_from_the_bucket()
    {
        var recipe = Recipes.Write(topology.Folder);
        var embedded = await EmbeddedAsync(recipe);

        var distributed = Report(await topology.AnswerAsync("run", recipe));

        Digests(distributed).ShouldBe(Digests(embedded));
        distributed.Steps.ShouldAllBe(s => !s.Cached && s.Failure == null);
    }

    [Theory]
    [InlineData("prune-only", "retraining: { epochs: 1, recalibration: 0 }")]
    [InlineData("train", "evaluation: { examples: 100 }")]
    public async Task Other_workflows_end_in_the_digests_of_the_embedded_ones(string workflow, string line)
    {
        var recipe = topology.Folder.File($"{workflow}.yaml");
        await File.WriteAllTextAsync(recipe, $$"""
            name: {{workflow}}
            workflow: {{workflow}}
            model: { name: mlp, options: { hidden: [16] } }
            data: { name: digits, limit: 200 }
            pretraining: { epochs: 2, learningRate: 0.1 }
            sparsification: { sparsity: 0.8 }
            {{line}}
            """, TestContext.Current.CancellationToken);
        var embedded = await EmbeddedAsync(recipe);

        var distributed = Report(await topology.AnswerAsync("run", recipe));

        Digests(distributed).ShouldBe(Digests(embedded));
        distributed.Networks.Select(n => n.Digest).ShouldBe(embedded.Networks.Select(n => n.Digest));
    }

    [Theory]
    [InlineData("merged", "method: uniform")]
    [InlineData("merged-from-an-anchor", "method: model-stock, anchorNetwork: anchor.safetensors")]
    public async Task Given_networks_are_merged_into_the_digests_of_the_embedded_run(string name, string soup)
    {
        await ExportAsync(("cycle-1/candidate-0", "first"), ("cycle-1/candidate-1", "second"), ("cycle-1/prune", "anchor"));
        var recipe = topology.Folder.File($"{name}.yaml");
        await File.WriteAllTextAsync(recipe, $$"""
            name: {{name}}
            workflow: merge
            model: { name: mlp }
            data: { name: digits }
            soup: { networks: [first.safetensors, second.safetensors], {{soup}}, recalibration: 0 }
            evaluation: { latencyBatch: 4 }
            """, TestContext.Current.CancellationToken);
        var embedded = await EmbeddedAsync(recipe);

        var distributed = Report(await topology.AnswerAsync("run", recipe));

        Digests(distributed).ShouldBe(Digests(embedded));
        distributed.Networks.Select(n => n.Digest).ShouldBe(embedded.Networks.Select(n => n.Digest));
        distributed.Networks[^1].Evaluation.Latency!.Machine.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Recipes.Methods), MemberType = typeof(Recipes))]
    public async Task Methods_that_need_more_than_weights_end_in_the_digests_of_the_embedded_run(string name, string sparsification, string soup)
    {
        var recipe = Recipes.WriteMethod(topology.Folder, name, sparsification, soup);
        var embedded = await EmbeddedAsync(recipe);

        var distributed = Report(await topology.AnswerAsync("run", recipe));

        Digests(distributed).ShouldBe(Digests(embedded));
        distributed.Steps.ShouldContain(s => s.Kind == StepKinds.Collect);
    }

    [Fact]
    public async Task A_run_whose_masks_move_ends_in_the_digests_of_the_embedded_one()
    {
        var recipe = topology.Folder.File("moving.yaml");
        await File.WriteAllTextAsync(recipe, """
            name: moving
            model: { name: mlp }
            data: { name: digits }
            pretraining: { epochs: 4, learningRate: 0.1, hooks: [{ name: rigl, options: { sparsity: 0.9, interval: 5 } }] }
            sparsification: { sparsity: 0.9, cycles: 1 }
            retraining: { epochs: 3, candidates: 2, hooks: [sparse-momentum] }
            soup: { maskPolicy: union }
            evaluation: { baselines: [dense] }
            """, TestContext.Current.CancellationToken);
        var embedded = await EmbeddedAsync(recipe);

        Digests(Report(await topology.AnswerAsync("run", recipe))).ShouldBe(Digests(embedded));
    }

    [Fact]
    public async Task An_autoencoder_of_activations_ends_in_the_digests_of_the_embedded_run()
    {
        var recipe = topology.Folder.File("autoencoder.yaml");
        await File.WriteAllTextAsync(recipe, """
            name: autoencoder
            seed: 4 # no step of another test's: they share a bucket
            workflow: sparse-autoencoder
            model: { name: mlp, options: { hidden: [16] } }
            data: { name: digits, limit: 200 }
            pretraining: { epochs: 2, learningRate: 0.1 }
            autoencoder: { layer: layers.1.weight, model: { name: topk-autoencoder, options: { active: 4 } }, epochs: 3, batchSize: 32 }
            """, TestContext.Current.CancellationToken);
        var embedded = await EmbeddedAsync(recipe);

        var distributed = Report(await topology.AnswerAsync("run", recipe));

        Digests(distributed).ShouldBe(Digests(embedded));
        distributed.Networks.Select(n => n.Digest).ShouldBe(embedded.Networks.Select(n => n.Digest));
        distributed.Steps.ShouldContain(s => s.Kind == StepKinds.Collect);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_stays_so_until_it_is_resumed_and_ends_as_an_undisturbed_one()
    {
        var recipe = Recipes.Write(topology.Folder, cycles: 1, epochs: 301);
        var embedded = await EmbeddedAsync(recipe);
        var runId = (await topology.AnswerAsync("run", recipe, "--detach")).GetProperty("runId").GetString()!;
        using (var cancel = topology.Sparsepipe("runs", "cancel", runId))
            (await cancel.EndAsync()).ShouldBe(0);

        (await StateAsync(runId)).ShouldBe("cancelled");
        (await topology.AnswerAsync("runs", "show", runId)).GetProperty("workers").GetProperty("trainer").GetInt32().ShouldBe(2);
        var resumed = Report(await topology.AnswerAsync("runs", "resume", runId));

        Digests(resumed).ShouldBe(Digests(embedded));
        (await StateAsync(runId)).ShouldBe("finished");
    }

    [Fact]
    public async Task Ctrl_C_stops_following_and_the_same_command_follows_again()
    {
        var recipe = Recipes.Write(topology.Folder, cycles: 1, epochs: 302);
        using (var followed = topology.Sparsepipe("run", recipe, "--plain"))
        {
            (await followed.WaitForAsync(line => line.EndsWith("start  dense", StringComparison.Ordinal))).ShouldBeTrue();
            followed.Signal(RunProcess.Interrupt);
            (await followed.EndAsync()).ShouldBe(Stopped);
        }

        using var again = topology.Sparsepipe("run", recipe, "--plain");

        (await again.EndAsync()).ShouldBe(0);
        again.Lines.ShouldNotContain(line => line.EndsWith("start  dense", StringComparison.Ordinal), "nobody had stopped it");
    }

    [Fact(Timeout = 300_000)]
    public async Task Doctor_finds_broker_bucket_and_every_worker()
    {
        var findings = await topology.AnswerAsync("doctor");
        while (!Detail(findings, "trainer").StartsWith("2 at ", StringComparison.Ordinal))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            findings = await topology.AnswerAsync("doctor");
        }

        findings.EnumerateArray().Where(f => !f.GetProperty("isGood").GetBoolean()).ShouldBeEmpty();
        findings.EnumerateArray().Select(f => f.GetProperty("subject").GetString())
            .ShouldBeSubsetOf([.. findings.EnumerateArray().Select(f => f.GetProperty("subject").GetString()), "broker", "bucket", "clock"]);
    }

    private static string Detail(JsonElement findings, string subject) =>
        findings.EnumerateArray().First(f => f.GetProperty("subject").GetString() == subject).GetProperty("detail").GetString()!;

    private static RunReport Report(JsonElement answer) => answer.Deserialize<RunReport>(ContractJson.Options)!;

    // A step's key holds the digests of its inputs, so the keys of all steps and the last outputs are all digests there are.
    private static List<string> Digests(RunReport report) =>
        [.. ((string[])[.. report.Steps.Select(s => $"{s.Node} {s.Key}"), .. report.Cycles.Select(c => c.Soup.Digest)]).Order(StringComparer.Ordinal)];

    private async Task<RunReport> EmbeddedAsync(string recipe)
    {
        using var run = RunProcess.Sparsepipe("run", recipe, "--store", topology.Folder.File("embedded"), "--json");
        (await run.EndAsync()).ShouldBe(0);
        return Report(JsonSerializer.Deserialize<JsonElement>(string.Join('\n', run.Lines)));
    }

    private async Task ExportAsync(params (string Node, string File)[] networks)
    {
        await EmbeddedAsync(Recipes.Write(topology.Folder, candidates: 2, cycles: 1));
        foreach (var (node, file) in networks)
        {
            using var export = RunProcess.Sparsepipe(
                "export", "end-to-end", "--node", node, "--output", topology.Folder.File($"{file}.safetensors"), "--force", "--store", topology.Folder.File("embedded"));
            (await export.EndAsync()).ShouldBe(0);
        }
    }

    private async Task<string> StateAsync(string runId) => (await topology.AnswerAsync("runs", "show", runId)).GetProperty("state").GetString()!;
}
