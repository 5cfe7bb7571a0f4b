using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>A scripted PyTorch module through everything: dense, prune, retrain, average, recalibrate, evaluate, export.</summary>
[Trait("Category", "EndToEnd")]
public sealed class TorchScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_soup_of_a_script_keeps_the_names_and_shapes_that_PyTorch_knows()
    {
        var json = await SparsepipeAsync("run", Recipe(), "--store", Store, "--runners", "1", "--json");
        await SparsepipeAsync("export", "scripted", "--store", Store, "--output", _folder.File("soup.safetensors"));

        using var soup = StateDict.Open(_folder.File("soup.safetensors"));
        soup.Find("features.4.weight")!.Shape.ShouldBe([32, 16, 3, 3]);
        Zeros(soup).ShouldBe((int)Math.Round(0.8 * (144 + 4608 + 1280)));
        var evaluation = JsonSerializer.Deserialize<RunReport>(json, ContractJson.Options)!.Cycles[0].Soup.Evaluation;
        evaluation.Test.Accuracy.ShouldBeGreaterThan(0.8);
        evaluation.SparseFlops.ShouldBeNull("nobody sees the layers of a script");
    }

    [Fact]
    public async Task A_script_for_text_is_souped_and_measured_like_one_for_pictures()
    {
        var json = await SparsepipeAsync("run", TextRecipe(), "--store", Store, "--runners", "1", "--json");

        var soup = JsonSerializer.Deserialize<RunReport>(json, ContractJson.Options)!.Cycles[0].Soup;
        soup.Evaluation.Test.BitsPerCharacter!.Value.ShouldBeLessThan(4.2, "guessed by its frequency, a character of this text takes 4.25 bits");
        soup.Evaluation.Shifts.Keys.ShouldBe(["files"]);
    }

    private string Store => _folder.File("store");

    private string Recipe()
    {
        File.Copy(ExampleScript.File, _folder.File("net.pt"));
        File.WriteAllText(_folder.File("recipe.yaml"), """
            name: scripted
            model: { name: torchscript, file: net.pt }
            data: { name: digits }
            pretraining: { epochs: 5, learningRate: 0.1, batchSize: 32 }
            sparsification: { sparsity: 0.8, cycles: 1 }
            retraining: { epochs: 2, candidates: 2 }
            evaluation: { baselines: [] }
            """);
        return _folder.File("recipe.yaml");
    }

    private string TextRecipe()
    {
        File.WriteAllText(_folder.File("text.yaml"), $$"""
            name: scripted-text
            model: { name: torchscript, file: {{ExampleScript.TextFile}} }
            data:
              name: text
              path: {{Path.Combine(RepositoryFolder.Path, "recipes/texts/state-of-the-union")}}
              options: { context: 16, files: 17*.txt, shift: 19*.txt }
            pretraining: { epochs: 2, learningRate: 0.1, batchSize: 16 }
            sparsification: { sparsity: 0.5, cycles: 1 }
            retraining: { epochs: 1, candidates: 2 }
            evaluation: { baselines: [], examples: 100 }
            """);
        return _folder.File("text.yaml");
    }

    private static async Task<string> SparsepipeAsync(params string[] arguments)
    {
        using var process = RunProcess.Sparsepipe(arguments);
        (await process.EndAsync()).ShouldBe(0);
        return string.Join('\n', process.Lines);
    }

    private static int Zeros(StateDict soup)
    {
        var zeros = 0;
        foreach (var tensor in PrunableTensors.Select(soup.Tensors))
            zeros += soup.Floats(tensor.Name, 0, (int)tensor.Count).ToArray().Count(w => w == 0);
        return zeros;
    }
}
