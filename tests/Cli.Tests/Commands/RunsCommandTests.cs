using System.Text.Json;
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

        string.Join(' ', Items(list).Select(r => r.GetProperty("runId").GetString()!.Split('-')[0])).ShouldBe(expected);
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
        Items(list).Select(r => r.GetProperty("state").GetString()).ShouldBe(["unfinished", "failed"]);
    }

    [Fact]
    public async Task Hundreds_of_runs_are_listed_whole()
    {
        await SubmitAsync([.. Enumerable.Range(0, 200).Select(i => $"run{i:000}")]);

        Items(await InvokeAsync("runs", "list", "--limit", "500", "--json")).Select(r => r.GetProperty("runId").GetString()).Distinct().Count().ShouldBe(200);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_end()
    {
        await SubmitAsync("alpha", "beta", "gamma");

        var first = await InvokeAsync("runs", "list", "--limit", "2", "--json");
        var second = await InvokeAsync("runs", "list", "--limit", "2", "--page", first.Json.GetProperty("next").GetString()!, "--json");

        Names(first).ShouldBe(["gamma", "beta"]);
        Names(second).ShouldBe(["alpha"]);
        second.Json.TryGetProperty("next", out _).ShouldBeFalse();
        (await InvokeAsync("runs", "list", "--limit", "2")).Output.ShouldContain($"more: sparsepipe runs list --limit 2 --page {first.Json.GetProperty("next").GetString()}");
    }

    [Fact]
    public async Task Runs_are_listed_by_state_name_and_day()
    {
        await SubmitAsync("alpha", "beta", "gamma");
        await InvokeAsync("runs", "cancel", "beta");

        Names(await InvokeAsync("runs", "list", "--state", "cancelled", "--json")).ShouldBe(["beta"]);
        Names(await InvokeAsync("runs", "list", "--state", "unfinished", "--json")).ShouldBe(["gamma", "alpha"]);
        Names(await InvokeAsync("runs", "list", "--name", "*a", "--since", "1d", "--json")).ShouldBe(["gamma", "beta", "alpha"]);
        Names(await InvokeAsync("runs", "list", "--since", "2999-01-01", "--json")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--since", "soon")]
    [InlineData("--limit", "0")]
    [InlineData("--limit", "501")]
    [InlineData("--page", "nonsense")]
    public async Task A_filter_that_is_none_is_refused_by_name(string option, string value)
    {
        await SubmitAsync("alpha");

        var list = await InvokeAsync("runs", "list", option, value);

        list.ExitCode.ShouldBe(ExitCodes.Usage);
        list.Error.ShouldContain(value);
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

    [Fact]
    public async Task Resuming_takes_a_models_script_from_the_store_and_refuses_nothing_for_want_of_its_file()
    {
        var script = _folder.File("net.pt");
        File.Copy(ExampleScript.File, script);
        var yaml = SmallRecipe.Write(
            _folder.File("script.yaml"), "model: { name: mlp, options: { hidden: [16] } }", $"model: {{ name: torchscript, file: {script} }}");
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("candidates: 2", "candidates: 2, recalibration: 0", StringComparison.Ordinal));
        var (recipe, files) = RecipeFile.Open(yaml);
        await using (var store = LocalStore.Open(CommandSettings.OfFolder(_folder.File("store"))))
        {
            foreach (var file in files)
                await file.StoreAsync(store.Artifacts, TestContext.Current.CancellationToken);
            await store.Runs.SubmitAsync(recipe, TestContext.Current.CancellationToken);
        }
        File.Delete(script);

        var resumed = await InvokeAsync("runs", "resume", "small", "--runners", "1");

        resumed.ExitCode.ShouldBe(ExitCodes.Ok, resumed.Error);
    }

    [Fact]
    public async Task Resuming_a_finished_run_changes_nothing_and_says_so()
    {
        await SubmitAsync("alpha");
        (await InvokeAsync("runs", "resume", "alpha", "--runners", "1")).ExitCode.ShouldBe(ExitCodes.Ok);
        var before = Files();

        var again = await InvokeAsync("runs", "resume", "alpha");

        again.ExitCode.ShouldBe(ExitCodes.Ok, again.Error);
        again.Output.ShouldContain("finished already, nothing is changed");
        Files().ShouldBe(before);
        Items(await InvokeAsync("runs", "list", "--state", "finished", "--json")).Single().GetProperty("done").GetInt32().ShouldBeGreaterThan(0);
    }

    private string[] Files() =>
        [.. Directory.GetFiles(_folder.File("store"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}")];

    private static IEnumerable<JsonElement> Items(CliRun list) => list.Json.GetProperty("items").EnumerateArray();

    private static IEnumerable<string> Names(CliRun list) => Items(list).Select(r => r.GetProperty("runId").GetString()!.Split('-')[0]);

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _folder.File("store")]);

    private async Task SubmitAsync(params string[] names)
    {
        var recipe = RecipeFile.Read(SmallRecipe.Write(_folder.File("small.yaml")));
        await using var store = LocalStore.Open(CommandSettings.OfFolder(_folder.File("store")));
        foreach (var name in names)
            await store.Runs.SubmitAsync(recipe with { Name = name }, TestContext.Current.CancellationToken);
    }
}
