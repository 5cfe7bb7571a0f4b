using SparsePipeline.Checkpoints;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>A blob that no step makes, the start weights of a recipe, is whole again when its file is given again.</summary>
public sealed class GivenBlobTests : IAsyncLifetime
{
    private readonly FinishedRun _run = new();

    private string Weights => _run["weights.safetensors"];

    private string Recipe => _run["given.yaml"];

    private string Blob => ContentDigest.OfFile(Weights) is var digest ? Path.Combine(_run.Store, "objects", "sha256", digest[..2], digest) : "";

    public async ValueTask InitializeAsync()
    {
        await _run.InitializeAsync();
        (await InvokeAsync("export", "small", "--node", "dense", "-o", Weights)).ExitCode.ShouldBe(ExitCodes.Ok);
        SmallRecipe.Write(Recipe, "pretraining: { epochs: 2, learningRate: 0.1 }", "pretraining: { epochs: 1, learningRate: 0.1, weights: weights.safetensors }");
        await File.WriteAllTextAsync(Recipe, (await File.ReadAllTextAsync(Recipe)).Replace("name: small", "name: given", StringComparison.Ordinal));
        var run = await InvokeAsync("run", Recipe, "--runners", "1");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_damaged_one_is_named_by_repair_and_running_the_recipe_with_the_file_mends_it()
    {
        Damage();

        var looked = await InvokeAsync("repair", "given");
        var repaired = await InvokeAsync("repair", "given", "--yes", "--runners", "1");
        var without = await InvokeAsync("verify", "--deep");
        var again = await InvokeAsync("run", Recipe, "--runners", "1");

        looked.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        looked.Output.ShouldContain($"damaged    {Path.GetFileName(Blob)}");
        looked.Output.ShouldContain("pretraining.weights; no step makes it: run the recipe with its file again");
        repaired.ExitCode.ShouldBe(ExitCodes.RefusedInput, "it is still lost");
        without.Output.ShouldContain($"FAIL missing: {Path.GetFileName(Blob)}");
        again.ExitCode.ShouldBe(ExitCodes.Ok, again.Error);
        (await InvokeAsync("verify", "--deep")).ExitCode.ShouldBe(ExitCodes.Ok);
        (await InvokeAsync("repair", "given")).Output.ShouldBe("Nothing is missing or damaged.\n");
    }

    [Fact]
    public async Task A_damaged_one_of_the_right_size_is_replaced_by_the_good_copy_without_any_repair()
    {
        Damage();
        (await InvokeAsync("verify", "--deep")).ExitCode.ShouldBe(ExitCodes.RefusedInput);

        (await InvokeAsync("run", Recipe, "--runners", "1")).ExitCode.ShouldBe(ExitCodes.Ok);

        (await InvokeAsync("verify", "--deep")).ExitCode.ShouldBe(ExitCodes.Ok);
        (await File.ReadAllBytesAsync(Blob, TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllBytesAsync(Weights, TestContext.Current.CancellationToken));
    }

    // Blobs are read-only files.
    private void Damage()
    {
        var bytes = File.ReadAllBytes(Blob);
        bytes[^1] ^= 1;
        File.Delete(Blob);
        File.WriteAllBytes(Blob, bytes);
    }

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _run.Store]);
}
