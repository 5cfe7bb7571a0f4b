using System.Text.Json;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Studies;

/// <summary>A real study in a store of its own: two seeds, one setting that works and one under which BatchNorm cannot be recalibrated.</summary>
public sealed class StudyCommandTests : IDisposable
{
    private const string Text =
        """
        name: tiny
        recipe: small.yaml
        notes: notes.md
        seeds: [1, 2]
        set: { model.options.batchNorm: true }
        grids:
          - name: main
            axes: { retraining.recalibration: [0, 0.0001] }
        """;

    private readonly TemporaryFolder folder = new();

    public StudyCommandTests()
    {
        SmallRecipe.Write(folder.File("small.yaml"));
        File.WriteAllText(folder.File("notes.md"), "By hand.");
        File.WriteAllText(folder.File("tiny.yaml"), Text);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_that_fails_does_not_lose_the_others_and_a_second_call_runs_nothing()
    {
        var plan = await InvokeAsync("--plan");
        plan.Output.ShouldContain("tiny: 4 runs with 2 seed(s). 30 of 30 steps to run, 0 cached");

        var run = await InvokeAsync("--runners", "1", "--output", folder.File("out"), "--page", folder.File("page.md"));

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.ErrorLines.Count.ShouldBe(2);
        run.ErrorLines.ShouldAllBe(l => l.Contains("small-"));
        var report = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(folder.File("out/tiny/study.json")));
        var cells = report.GetProperty("grids")[0].GetProperty("cells");
        cells[0].GetProperty("runs").EnumerateArray().ShouldAllBe(r => r.GetProperty("models").GetArrayLength() > 0);
        cells[1].GetProperty("runs").EnumerateArray().ShouldAllBe(r => r.GetProperty("failure").GetProperty("reason").GetString() != "");
        var page = await File.ReadAllTextAsync(folder.File("page.md"));
        page.ShouldContain("By hand.");
        page.ShouldContain("Runs that failed");

        var again = await InvokeAsync("--plan", "--json");
        again.Json[0].GetProperty("toRun").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Errors_of_a_study_are_told_with_their_line_before_anything_is_started()
    {
        await File.WriteAllTextAsync(folder.File("tiny.yaml"), Text.Replace("0.0001", "2", StringComparison.Ordinal));

        var run = await InvokeAsync();

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.ErrorLines.ShouldHaveSingleItem().ShouldContain("tiny.yaml:7:5: grids[0]: With retraining.recalibration 2: retraining.recalibration: The value is 2.");
        Directory.Exists(folder.File("store")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("study", "none.yaml")]
    [InlineData("study")]
    public async Task A_study_that_is_not_there_is_a_wrong_command_line(params string[] args) =>
        (await CliRun.InvokeAsync(args)).ExitCode.ShouldBe(ExitCodes.Usage);

    [Fact]
    public async Task Files_that_a_recipe_names_count_from_its_folder_and_an_axis_may_go_over_them()
    {
        Directory.CreateDirectory(folder.File("nets"));
        File.Copy(ExampleScript.File, folder.File("nets/one.pt"));
        ExampleScript.WithText(folder.File("nets/negated.pt"), ExampleScript.Network, "return _1", "return torch.neg(_1)");
        SmallRecipe.Write(folder.File("nets/scripted.yaml"), "{ name: mlp, options: { hidden: [16] } }", "{ name: torchscript, file: one.pt }");
        await File.WriteAllTextAsync(folder.File("tiny.yaml"), """
            name: scripted
            recipe: nets/scripted.yaml
            seeds: [1]
            set: { retraining.recalibration: 0.5 }
            grids: [{ name: main, axes: { model.file: [one.pt, negated.pt] } }]
            """);

        var run = await InvokeAsync("--runners", "1", "--output", folder.File("out"));

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var report = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(folder.File("out/scripted/study.json")));
        report.GetProperty("grids")[0].GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("runs")[0].GetProperty("runId").GetString()).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_before_anything_is_started()
    {
        SmallRecipe.Write(folder.File("small.yaml"), "{ name: mlp, options: { hidden: [16] } }", "{ name: torchscript, file: gone.pt }");
        await File.WriteAllTextAsync(folder.File("tiny.yaml"), Text.Replace("set: { model.options.batchNorm: true }", "", StringComparison.Ordinal));

        var run = await InvokeAsync();

        run.ExitCode.ShouldNotBe(ExitCodes.Ok);
        run.ErrorLines.ShouldHaveSingleItem().ShouldContain("model.file: ");
        Directory.Exists(folder.File("store")).ShouldBeFalse();
    }

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync(["study", folder.File("tiny.yaml"), "--store", folder.File("store"), .. args]);
}
