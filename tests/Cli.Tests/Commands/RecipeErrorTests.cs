using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class RecipeErrorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("plan")]
    public async Task All_errors_of_a_recipe_come_at_once_with_their_lines_and_nothing_is_started(string command)
    {
        var recipe = SmallRecipe.Write(folder.File("r.yaml"), "sparsity: 0.5, cycles: 1", "sparsity: 1.5, cycles: 0");
        var run = await CliRun.InvokeAsync(command, recipe, "--store", folder.File("store"));
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.ErrorLines.Count.ShouldBe(2);
        run.ErrorLines.ShouldAllBe(l => l.StartsWith($"error: {recipe}:5:"));
        run.Output.ShouldBeEmpty();
        Directory.Exists(folder.File("store")).ShouldBeFalse();
    }

    [Fact]
    public async Task Errors_are_json_too_when_that_was_asked_for()
    {
        var run = await CliRun.InvokeAsync("run", SmallRecipe.Write(folder.File("r.yaml"), "name: mlp", "name: nonsense"), "--json", "--store", folder.File("store"));
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Json.GetProperty("errors")[0].GetProperty("reason").GetString()!.ShouldContain("nonsense");
    }

    [Theory]
    [InlineData("run", "nowhere.yaml")]
    [InlineData("plan", "nowhere.yaml")]
    [InlineData("status", "--store", "nowhere")]
    [InlineData("cancel", "x", "--store", "nowhere")]
    [InlineData("methods", "nonsense")]
    [InlineData("nonsense")]
    [InlineData("run", "r.yaml", "--runners", "0")]
    [InlineData("export", "x.safetensors", "-o", "y", "--format", "zip")]
    [InlineData("prune", "x.safetensors")]
    public async Task A_wrong_command_line_is_told_in_lines_that_name_a_remedy(params string[] args)
    {
        var run = await CliRun.InvokeAsync(args);
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.ErrorLines.ShouldNotBeEmpty();
        run.ErrorLines.ShouldAllBe(l => l.StartsWith("error: "));
        run.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Control_characters_of_a_recipe_do_not_reach_the_terminal()
    {
        var run = await CliRun.InvokeAsync("run", SmallRecipe.Write(folder.File("r.yaml"), "name: small", "name: \"\\e[31m\""), "--store", folder.File("store"));
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldNotContain("\u001b");
    }
}
