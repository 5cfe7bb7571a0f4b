using SparsePipeline.Cli.Recipes;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Cli.Store;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class RunsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("name", "alpha beta gamma")]
    [InlineData("state", "beta gamma alpha")]
    [InlineData("submitted", "gamma alpha beta")]
    public async Task Runs_are_listed_in_the_order_asked_for(string sort, string expected)
    {
        await SubmitAsync("gamma", "alpha", "beta");
        await InvokeAsync("runs", "cancel", "alpha");

        var list = await InvokeAsync("runs", "list", "--sort", sort, "--json");

        string.Join(' ', list.Json.EnumerateArray().Select(r => r.GetProperty("runId").GetString()!.Split('-')[0])).ShouldBe(expected);
    }

    [Fact]
    public async Task A_run_whose_recipe_is_damaged_does_not_hide_the_others()
    {
        await SubmitAsync("alpha", "beta");
        var damaged = Directory.GetFiles(_folder.File("store/runs"), "recipe.json", SearchOption.AllDirectories).Single(f => f.Contains("alpha-"));
        File.Delete(damaged);
        await File.WriteAllTextAsync(damaged, "{ no recipe");

        var list = await InvokeAsync("runs", "list", "--json");

        list.ExitCode.ShouldBe(ExitCodes.Ok, list.Error);
        list.Json.EnumerateArray().Select(r => r.GetProperty("state").GetString()).ShouldBe(["failed", "unfinished"]);
    }

    [Fact]
    public async Task Hundreds_of_runs_are_listed_whole()
    {
        await SubmitAsync([.. Enumerable.Range(0, 200).Select(i => $"run{i:000}")]);

        (await InvokeAsync("runs", "list", "--json")).Json.EnumerateArray().Select(r => r.GetProperty("runId").GetString()).Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public async Task Resuming_runs_the_stored_recipe_whatever_became_of_its_file()
    {
        await SubmitAsync("alpha");
        await InvokeAsync("runs", "cancel", "alpha");

        var resumed = await InvokeAsync("runs", "resume", "alpha", "--runners", "1");

        resumed.ExitCode.ShouldBe(ExitCodes.Ok, resumed.Error);
        (await InvokeAsync("runs", "show", "alpha", "--json")).Json.GetProperty("state").GetString().ShouldBe("finished");
    }

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _folder.File("store")]);

    private async Task SubmitAsync(params string[] names)
    {
        var recipe = RecipeFile.Read(SmallRecipe.Write(_folder.File("small.yaml")));
        await using var store = LocalStore.Open(CommandSettings.OfFolder(_folder.File("store")));
        foreach (var name in names)
            await store.Runs.SubmitAsync(recipe with { Name = name }, TestContext.Current.CancellationToken);
    }
}
