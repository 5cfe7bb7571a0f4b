using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>A tiny language model through everything there is for it.</summary>
[Trait("Category", "EndToEnd")]
public sealed class TextRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_language_model_is_trained_pruned_souped_by_its_score_exported_and_evaluated()
    {
        var recipe = Recipe();

        var run = await LinesAsync("run", recipe, "--plain", "--runners", "1");
        var report = JsonSerializer.Deserialize<RunReport>(await File.ReadAllTextAsync(run[^1]["report: ".Length..], TestContext.Current.CancellationToken), ContractJson.Options)!;
        var soup = report.Cycles.ShouldHaveSingleItem().Soup;
        await LinesAsync("export", "text", "--output", _folder.File("soup.safetensors"));
        var evaluated = await LinesAsync("evaluate", _folder.File("soup.safetensors"), "--recipe", recipe);

        soup.Evaluation.Test.BitsPerCharacter!.Value.ShouldBeLessThan(6, "a character of some 60 that is guessed takes 5.9 bits");
        soup.Evaluation.Test.EffectiveExamples!.Value.ShouldBeLessThanOrEqualTo(soup.Evaluation.Test.Examples);
        soup.Evaluation.Shifts.Keys.ShouldBe(["files"]);
        soup.Evaluation.SparseFlops!.Value.ShouldBeLessThan(soup.Evaluation.DenseFlops!.Value);
        report.Cycles[0].Candidates.ShouldAllBe(c => c.Evaluation.Test.Loss > 0);
        evaluated.ShouldContain(l => l.StartsWith("test: accuracy", StringComparison.Ordinal) && l.Contains("bits per character", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string command, params string[] arguments)
    {
        using var process = RunProcess.Sparsepipe([command, .. arguments, "--store", _folder.File("store")]);
        (await process.EndAsync()).ShouldBe(0, command);
        return process.Lines;
    }

    private string Recipe()
    {
        File.WriteAllText(_folder.File("text.yaml"), $$"""
            name: text
            model: { name: gpt, options: { layers: 1, heads: 2, width: 16 } }
            data:
              name: text
              path: {{Path.Combine(RepositoryFolder.Path, "recipes/texts/state-of-the-union")}}
              options: { context: 16, files: 1790*.txt, shift: 1986*.txt }
            pretraining: { epochs: 2, learningRate: 0.1, batchSize: 16 }
            sparsification: { sparsity: 0.5, cycles: 1, allocation: erk }
            retraining: { epochs: 1, candidates: 2, precision: bfloat16 }
            soup: { method: greedy }
            evaluation: { baselines: [dense], examples: 100 }
            """);
        return _folder.File("text.yaml");
    }
}
