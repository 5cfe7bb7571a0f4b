using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>What a newcomer does with <c>sparsepipe run</c>.</summary>
[Trait("Category", "EndToEnd")]
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_ends_with_the_paths_of_its_reports_and_the_same_run_again_is_cached_whole()
    {
        var recipe = Recipes.Write(_folder, cycles: 1);

        var first = await ReportAsync(recipe);
        var second = await ReportAsync(recipe);

        first.Steps.ShouldAllBe(s => !s.Cached && s.Failure == null);
        first.Cycles.ShouldHaveSingleItem().Candidates.Count.ShouldBe(3);
        second.Steps.ShouldAllBe(s => s.Cached);
        second.Cycles[0].Soup.Digest.ShouldBe(first.Cycles[0].Soup.Digest);
    }

    [Fact]
    public async Task A_run_stopped_by_Ctrl_C_is_resumed_by_the_same_command()
    {
        var recipe = Recipes.Write(_folder, cycles: 1, epochs: 60);
        using (var run = Start(recipe))
        {
            (await run.WaitForAsync(line => line.EndsWith("start  dense", StringComparison.Ordinal))).ShouldBeTrue();
            run.Signal(RunProcess.Interrupt);
            (await run.EndAsync()).ShouldBe(130);
        }

        (await ReportAsync(recipe)).Cycles.ShouldHaveSingleItem();
    }

    private RunProcess Start(string recipe) => RunProcess.Sparsepipe("run", recipe, "--plain", "--store", _folder.File("store"));

    private async Task<RunReport> ReportAsync(string recipe)
    {
        using var run = Start(recipe);
        (await run.EndAsync()).ShouldBe(0);
        run.Lines[^2].ShouldEndWith(".html");
        var path = run.Lines[^1]["report: ".Length..];
        return JsonSerializer.Deserialize<RunReport>(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), ContractJson.Options)!;
    }
}
