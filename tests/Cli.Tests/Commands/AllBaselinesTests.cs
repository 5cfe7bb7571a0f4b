using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class AllBaselinesTests
{
    [Theory]
    [InlineData("method: global-magnitude")]
    [InlineData("method: wanda, calibrationExamples: 32")]
    [InlineData("method: sparsegpt, calibrationExamples: 32, sequential: true")]
    public async Task A_real_run_has_every_baseline_compared_with_its_soup_on_the_same_examples(string pruner)
    {
        using var folder = new TemporaryFolder();
        var recipe = folder.File("all.yaml");
        await File.WriteAllTextAsync(
            recipe,
            $$"""
            name: all
            model: { name: mlp, options: { hidden: [8], batchNorm: true } }
            data: { name: digits, limit: 128 }
            pretraining: { epochs: 1, learningRate: 0.1, precision: bfloat16 }
            sparsification: { sparsity: 0.8, cycles: 2, {{pruner}} }
            retraining: { epochs: 1, candidates: 2, recalibration: 0.5 }
            evaluation: { baselines: all, examples: 64, metrics: all }
            """,
            TestContext.Current.CancellationToken);

        var run = await CliRun.InvokeAsync("run", recipe, "--store", folder.File("store"), "--output", folder.File("out"), "--runners", "1", "--json");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var report = JsonSerializer.Deserialize<RunReport>(run.Output, ContractJson.Options)!;
        report.MissingBaselines.ShouldBeEmpty();
        report.Baselines.Select(b => b.Name).ShouldBe(BaselineNames.All, ignoreOrder: true);
        foreach (var baseline in report.Baselines)
        {
            var difference = baseline.SoupMinusThis.ShouldNotBeNull(baseline.Name);
            difference.Test.Difference.ShouldBe(report.Cycles[^1].Soup.Accuracy - baseline.Accuracy, 1e-12, baseline.Name);
            difference.Shifts.Keys.ShouldBe(baseline.ShiftAccuracies.Keys, ignoreOrder: true);
        }

        var byName = report.Baselines.ToDictionary(b => b.Name);
        byName[BaselineNames.ImpAverage].Sparsity.ShouldBeLessThan(byName[BaselineNames.ImpReprune].Sparsity);
        byName[BaselineNames.ImpReprune].Sparsity.ShouldBe(byName[BaselineNames.Imp].Sparsity, 1e-12);
        byName[BaselineNames.Ensemble].Networks.ShouldBe(2);
        File.Exists(folder.File("out/report.md")).ShouldBeTrue();
        foreach (var evaluation in report.Baselines.Select(b => b.Evaluation).OfType<EvaluationReport>().Append(report.Cycles[^1].Soup.Evaluation))
            evaluation.Test.Metrics!["perplexity"].ShouldBe(Math.Exp(evaluation.Test.Loss), 1e-9);
        (await File.ReadAllTextAsync(folder.File("out/report.html"), TestContext.Current.CancellationToken)).ShouldContain("Perplexity ↓");
    }
}
