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
        seeds: { tuning: [], judging: [1, 2] }
        set: { retraining.epochs: 20, pretraining.weightDecay: 1 }
        grids:
          - name: main
            axes: { retraining.peakLearningRate: [0.1, 1000] }
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
        plan.Output.ShouldContain("tiny: 4 runs with 0 tuning and 2 judging seed(s). 30 of 30 steps to run, 0 cached");

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
        page.ShouldContain("no git repository with commits has the study");

        var again = await InvokeAsync("--plan", "--json");
        again.Json[0].GetProperty("toRun").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Errors_of_a_study_are_told_with_their_line_before_anything_is_started()
    {
        await File.WriteAllTextAsync(folder.File("tiny.yaml"), Text.Replace("1000", "2000", StringComparison.Ordinal));

        var run = await InvokeAsync();

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.ErrorLines.ShouldHaveSingleItem().ShouldContain("tiny.yaml:7:5: grids[0]: With retraining.peakLearningRate 2000: retraining.peakLearningRate: The value is 2000.");
        Directory.Exists(folder.File("store")).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_what_is_there_is_told_on_request_and_nothing_is_run()
    {
        await InvokeAsync("--runners", "1", "--output", folder.File("out"));
        await File.WriteAllTextAsync(folder.File("tiny.yaml"), Text.Replace("judging: [1, 2]", "judging: [1, 2, 3]", StringComparison.Ordinal));

        var run = await InvokeAsync("--force", "--cached-only", "--output", folder.File("out"), "--page", folder.File("page.md"));

        run.Output.ShouldContain("tiny: main: not computed yet: seeds 3");
        (await File.ReadAllTextAsync(folder.File("page.md"))).ShouldContain("Judging seeds 1, 2. Not computed yet: seeds 3.");
        (await InvokeAsync("--plan", "--json")).Json[0].GetProperty("toRun").GetInt32().ShouldBeGreaterThan(0, "the third seed was not run");

        await File.WriteAllTextAsync(folder.File("tiny.yaml"), Text.Replace("judging: [1, 2]", "judging: [3]", StringComparison.Ordinal));
        await InvokeAsync("--force", "--cached-only", "--output", folder.File("out"), "--page", folder.File("page.md"));
        (await File.ReadAllTextAsync(folder.File("page.md"))).ShouldContain("*tiny* is left out: no judging seed is complete.");
    }

    [Fact]
    public async Task Figures_in_texts_come_from_the_results_and_one_that_there_is_not_is_an_error()
    {
        await File.WriteAllTextAsync(folder.File("notes.md"), "Of {{examples:training}} examples; {{weights}} weights.");
        await File.WriteAllTextAsync(folder.File("preface.md"), "Seeds {{tiny/seeds:judging}}.");
        await InvokeAsync("--runners", "1", "--output", folder.File("out"), "--page", folder.File("page.md"), "--preface", folder.File("preface.md"));

        var page = await File.ReadAllTextAsync(folder.File("page.md"));
        page.ShouldStartWith("Seeds 1, 2.");
        page.ShouldMatch(@"Of [1-9][\d,]* examples; 1,184 weights\.", "64 · 16 and 16 · 10 weights are prunable");

        await File.WriteAllTextAsync(folder.File("notes.md"), "Of {{exampels:training}} examples.");
        var wrong = await InvokeAsync("--force", "--output", folder.File("out"));
        wrong.ExitCode.ShouldNotBe(ExitCodes.Ok);
        wrong.ErrorLines.ShouldContain(l => l.Contains("{{exampels:training}}"));
    }

    [Fact]
    public async Task Runs_of_an_earlier_report_are_taken_from_it_in_another_store_and_only_the_failed_ones_are_run_again()
    {
        await InvokeAsync("--runners", "1", "--output", folder.File("out"));
        string[] elsewhere = ["study", folder.File("tiny.yaml"), "--store", folder.File("elsewhere"), "--earlier", folder.File("out")];

        var forecast = await CliRun.InvokeAsync([.. elsewhere, "--plan", "--json"]);
        var run = await CliRun.InvokeAsync([.. elsewhere, "--runners", "1", "--output", folder.File("second"), "--page", folder.File("page.md")]);

        forecast.Json[0].GetProperty("toRun").GetInt32().ShouldBe(18, "two runs of four failed; what they share with the others is not in this store");
        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.ErrorLines.Count.ShouldBe(2);
        (await File.ReadAllTextAsync(folder.File("page.md"))).ShouldContain(" 2 of the runs were computed before, on ");
        Models(await File.ReadAllTextAsync(folder.File("second/tiny/study.json"))).ShouldBe(Models(await File.ReadAllTextAsync(folder.File("out/tiny/study.json"))));

        static string Models(string json) => string.Join(
            '\n', JsonSerializer.Deserialize<JsonElement>(json).GetProperty("grids")[0].GetProperty("cells")[0].GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("models").GetRawText()));
    }

    [Fact]
    public async Task An_earlier_report_that_is_none_is_named_before_anything_is_run()
    {
        Directory.CreateDirectory(folder.File("out/tiny"));
        await File.WriteAllTextAsync(folder.File("out/tiny/study.json"), "{}");

        (await InvokeAsync("--earlier", folder.File("out"))).ErrorLines.ShouldHaveSingleItem().ShouldContain("out/tiny/study.json is no report of a study");
        (await InvokeAsync("--earlier", folder.File("none"))).ErrorLines.ShouldHaveSingleItem().ShouldContain("--earlier " + folder.File("none") + " does not exist");
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
            seeds: { tuning: [], judging: [1] }
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
        await File.WriteAllTextAsync(folder.File("tiny.yaml"), Text.Replace("set: { retraining.epochs: 20, pretraining.weightDecay: 1 }", "", StringComparison.Ordinal));

        var run = await InvokeAsync();

        run.ExitCode.ShouldNotBe(ExitCodes.Ok);
        run.ErrorLines.ShouldHaveSingleItem().ShouldContain("model.file: ");
        Directory.Exists(folder.File("store")).ShouldBeFalse();
    }

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync(["study", folder.File("tiny.yaml"), "--store", folder.File("store"), .. args]);
}
