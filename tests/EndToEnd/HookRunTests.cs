using System.Globalization;
using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>Training hooks through everything: sparse pretraining, cut, retraining, soup, evaluation, export.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HookRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{ name: rigl, options: { sparsity: 0.9, interval: 10 } }", "[]", 3, "")]
    [InlineData("{ name: sparse-momentum, options: { sparsity: 0.9 } }", "[{ name: rigl, options: { interval: 5 } }]", 1, "")]
    [InlineData("{ name: rigl, options: { sparsity: 0.9, interval: 10 } }", "[sparse-momentum]", 2, "soup: { maskPolicy: re-prune }")]
    [InlineData("{ name: hyper-sparse, options: { strength: 1e-3 } }", "[]", 2, "")]
    public async Task A_run_with_hooks_ends_in_a_soup_of_exactly_the_sparsity_that_is_asked_for(string pretraining, string retraining, int candidates, string soup)
    {
        var recipe = Recipe(pretraining, retraining, candidates, soup);

        var report = JsonSerializer.Deserialize<RunReport>(await SparsepipeAsync("run", recipe, "--store", Store, "--runners", "1", "--json"), ContractJson.Options)!;
        await SparsepipeAsync("export", "hooked", "--store", Store, "--output", _folder.File("soup.safetensors"));

        using var state = StateDict.Open(_folder.File("soup.safetensors"));
        var weights = new[] { "layers.0.weight", "layers.1.weight", "layers.2.weight" }.SelectMany(n => state.Floats(n, 0, (int)state.Find(n)!.Count).ToArray()).ToList();
        var pruned = (int)Math.Round(0.9 * weights.Count);
        double.Parse(state.Metadata[CheckpointOrigin.Sparsity], CultureInfo.InvariantCulture).ShouldBe(pruned / (double)weights.Count, 1e-6);
        weights.Count(w => w == 0).ShouldBeInRange(pruned, pruned + weights.Count / 50, "a weight that has just grown may have had no gradient yet");
        report.Cycles[^1].Soup.Evaluation.Test.Accuracy.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public async Task A_run_that_is_killed_ends_in_the_digests_of_an_undisturbed_one()
    {
        var recipe = Recipe("{ name: rigl, options: { sparsity: 0.9, interval: 5 } }", "[sparse-momentum]", 1, "", epochs: 40);
        var undisturbed = await Summary.OfAsync(recipe, _folder.File("undisturbed"));
        using (var run = RunProcess.Start(recipe, Store, checkpointSeconds: 0))
        {
            var seen = 0;
            await run.WaitForAsync(line => line.Contains("epoch ", StringComparison.Ordinal) && ++seen > 3);
            run.Signal(RunProcess.Kill);
            await run.EndAsync();
        }

        (await Summary.OfAsync(recipe, Store)).Digests.ShouldBe(undisturbed.Digests);
    }

    private string Store => _folder.File("store");

    private string Recipe(string pretraining, string retraining, int candidates, string soup, int epochs = 6)
    {
        File.WriteAllText(_folder.File("recipe.yaml"), $$"""
            name: hooked
            model: { name: mlp, options: { hidden: [64, 32] } }
            data: { name: digits }
            pretraining: { epochs: {{epochs}}, learningRate: 0.1, batchSize: 32, hooks: [{{pretraining}}] }
            sparsification: { sparsity: 0.9, cycles: 1 }
            retraining: { epochs: 3, candidates: {{candidates}}, hooks: {{retraining}} }
            evaluation: { baselines: [dense] }
            {{soup}}
            """);
        return _folder.File("recipe.yaml");
    }

    private static async Task<string> SparsepipeAsync(params string[] arguments)
    {
        using var process = RunProcess.Sparsepipe(arguments);
        (await process.EndAsync()).ShouldBe(0, string.Join(' ', arguments));
        return string.Join('\n', process.Lines);
    }
}
