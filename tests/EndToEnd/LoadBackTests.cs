using System.Diagnostics;
using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>A soup outside of the pipeline: PyTorch, with nothing but the exported file, gets the very examples right that the evaluation counts.</summary>
[Trait("Category", "EndToEnd")]
public sealed class LoadBackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("safetensors")]
    [InlineData("packed")]
    public async Task An_exported_soup_answers_in_PyTorch_as_it_did_in_the_evaluation_to_the_last_example(string form)
    {
        Assert.SkipUnless(HasTorch(), "python3-torch is not installed: apt-get install python3-torch. InputMetadataTests computes the same inputs from the same metadata.");
        var report = JsonSerializer.Deserialize<RunReport>(await SparsepipeAsync("run", Recipe(), "--store", Store, "--runners", "1", "--json"), ContractJson.Options)!;
        await SparsepipeAsync("export", "loaded-back", "--store", Store, "--format", form, "--output", Exported(form));
        if (form == "packed")
            await SparsepipeAsync("export", Exported(form), "--output", Exported("safetensors"));

        var printed = await PythonAsync(
            Path.Combine(RepositoryFolder.Path, "examples/torchscript/load_back.py"), Exported("safetensors"), Path.Combine(RepositoryFolder.Path, "core/Learning/Data/Digits/digits.csv.gz"));

        var wrong = JsonSerializer.Deserialize<int[]>(printed.Split('\n').Single(l => l.StartsWith("wrong", StringComparison.Ordinal)).Split(": ")[1])!;
        wrong.ShouldBe(await WrongAsync(report.Cycles[^1].Soup.Digest));
        report.Inputs!.Labels.Count.ShouldBe(10);
        foreach (var file in Directory.GetFiles(_folder.Path, "*.safetensors"))
            using (var state = StateDict.Open(file))
                state.Metadata["sparsepipeline.mean"].ShouldBe(JsonSerializer.Serialize(report.Inputs.Mean), file);
    }

    private string Store => _folder.File("store");

    private string Exported(string form) => _folder.File($"soup.{form}.safetensors");

    private string Recipe()
    {
        File.WriteAllText(_folder.File("recipe.yaml"), $$"""
            name: loaded-back
            model: { name: torchscript, file: {{ExampleScript.File}} }
            data: { name: digits }
            pretraining: { epochs: 4, learningRate: 0.1, batchSize: 32 }
            sparsification: { sparsity: 0.9, cycles: 1 }
            retraining: { epochs: 2, candidates: 2 }
            evaluation: { baselines: [] }
            """);
        return _folder.File("recipe.yaml");
    }

    /// <summary>Which examples of the shift the evaluation of a checkpoint counts as wrong, from the store's own documents.</summary>
    private async Task<int[]> WrongAsync(string checkpoint)
    {
        foreach (var folder in Directory.GetDirectories(Path.Combine(Store, "steps")))
            if (await ReadAsync<StepSpec>(Path.Combine(folder, "spec.json")) is EvaluateSpec { Others: null } spec && spec.Checkpoint.Digest == checkpoint)
            {
                var digest = (await ReadAsync<StepResult>(Path.Combine(folder, "result.json"))).Outputs[OutputNames.Correctness].Digest;
                var right = (await ReadAsync<CorrectnessReport>(Path.Combine(Store, "objects/sha256", digest[..2], digest))).Shifts["writers"];
                return [.. Enumerable.Range(0, right.Predictions).Where(i => !right.IsCorrect(i))];
            }
        throw new InvalidOperationException($"Nothing in {Store} evaluates {checkpoint}.");
    }

    private static async Task<T> ReadAsync<T>(string path) => JsonSerializer.Deserialize<T>(await File.ReadAllTextAsync(path), ContractJson.Options)!;

    private static async Task<string> SparsepipeAsync(params string[] arguments)
    {
        using var process = RunProcess.Sparsepipe(arguments);
        (await process.EndAsync()).ShouldBe(0);
        return string.Join('\n', process.Lines);
    }

    private static bool HasTorch()
    {
        using var python = Process.Start(new ProcessStartInfo("sh", ["-c", "/usr/bin/python3 -c 'import torch' >/dev/null 2>&1"]))!;
        python.WaitForExit();
        return python.ExitCode == 0;
    }

    private static async Task<string> PythonAsync(params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var printed = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        python.ExitCode.ShouldBe(0);
        return printed.Trim();
    }
}
