using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class RunCommandTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Fact]
    public void The_last_two_lines_name_the_reports()
    {
        run.First.ExitCode.ShouldBe(ExitCodes.Ok, run.First.Error);
        var lines = run.First.Output.TrimEnd('\n').Split('\n');
        lines[^2].ShouldEndWith("/report.html");
        lines[^1].ShouldEndWith("/report.json");
        lines[^2..].ShouldAllBe(l => l.StartsWith("report: /") && File.Exists(l.Substring("report: ".Length)));
    }

    [Fact]
    public void Without_a_terminal_progress_is_timestamped_lines()
    {
        run.First.Output.ShouldMatch("(?m)^[0-9:]{8} start  dense$");
        run.First.Output.ShouldMatch("(?m)^[0-9:]{8} done   dense in .*\\(1/[0-9]+");
        run.First.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public void The_report_has_the_fields_that_are_promised()
    {
        var json = JsonSerializer.Deserialize<JsonElement>(run.FirstReport);
        json.GetProperty("runId").GetString()!.ShouldStartWith("small-");
        json.GetProperty("wallSeconds").GetDouble().ShouldBeGreaterThan(0);
        var step = json.GetProperty("steps")[0];
        (step.GetProperty("key").GetString()!.Length, step.GetProperty("kind").GetString(), step.GetProperty("cached").GetBoolean()).ShouldBe((64, "train", false));
        step.GetProperty("seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        var cycle = json.GetProperty("cycles")[0];
        cycle.GetProperty("sparsity").GetDouble().ShouldBe(0.5, 0.001);
        cycle.GetProperty("candidates").GetArrayLength().ShouldBe(2);
        foreach (var model in cycle.GetProperty("candidates").EnumerateArray().Append(cycle.GetProperty("soup")))
        {
            model.GetProperty("digest").GetString()!.Length.ShouldBe(64);
            ShouldHaveAccuracies(model);
        }

        json.GetProperty("baselines").EnumerateArray().ToList().ForEach(ShouldHaveAccuracies);
        json.GetProperty("baselines").EnumerateArray().Select(b => b.GetProperty("name").GetString()).ShouldBe(["dense", "mean-candidate"]);
        json.GetProperty("baselines")[1].GetProperty("epochs").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void What_was_rehearsed_with_success_is_not_asked_again() =>
        Directory.GetFiles(Path.Combine(run.Store, "index", "rehearsed")).ShouldNotBeEmpty();

    [Fact]
    public async Task Running_again_finds_every_step_cached_and_the_same_digests()
    {
        var again = await CliRun.InvokeAsync("run", run.Recipe, "--store", run.Store, "--json");
        again.ExitCode.ShouldBe(ExitCodes.Ok, again.Error);
        var report = again.Json.Deserialize<RunReport>(ContractJson.Options)!;
        report.Steps.ShouldAllBe(s => s.Cached);
        var first = JsonSerializer.Deserialize<RunReport>(run.FirstReport, ContractJson.Options)!;
        report.Cycles[0].Soup.Digest.ShouldBe(first.Cycles[0].Soup.Digest);
    }

    [Fact]
    public async Task A_run_that_was_all_cached_keeps_the_clock_steps_and_submission_of_the_work_and_says_so()
    {
        var first = JsonSerializer.Deserialize<RunReport>(run.FirstReport, ContractJson.Options)!;
        first.EarlierWork.ShouldBeNull();

        var again = await CliRun.InvokeAsync("run", run.Recipe, "--store", run.Store);
        var folder = Path.GetDirectoryName(again.Output.TrimEnd('\n').Split('\n')[^1]["report: ".Length..])!;
        var report = JsonSerializer.Deserialize<RunReport>(await File.ReadAllTextAsync(Path.Combine(folder, "report.json")), ContractJson.Options)!;

        (report.WallSeconds, report.SubmittedAt).ShouldBe((first.WallSeconds, first.SubmittedAt));
        report.EarlierWork!.Cached.ShouldBeEmpty();
        again.Output.ShouldContain($"Cached: nothing was computed this time, all {report.Steps.Count} results were in the store.");
        var page = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"));
        page.ShouldContain($"<dd>{report.Steps.Count} (0)</dd>");
        page.ShouldContain("Cached: nothing was computed this time");
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.md"))).ShouldContain("Cached: nothing was computed this time");
        var listed = await CliRun.InvokeAsync("runs", "list", "--store", run.Store, "--json");
        listed.Json.GetProperty("items").EnumerateArray().Single(r => r.GetProperty("runId").GetString() == report.RunId).GetProperty("submittedAt").GetDateTimeOffset()
            .ShouldBe(first.SubmittedAt!.Value, TimeSpan.FromSeconds(2));
    }

    /// <summary>16 neurons of 64 weights each and 10 classes of 16: 592 of 1184 weights are the classes and 6 neurons, 346 the classes and 2.</summary>
    [Fact]
    public async Task Whole_neurons_are_cut_cycle_by_cycle_and_no_class_is_lost()
    {
        var recipe = SmallRecipe.Write(run["rows.yaml"], "sparsity: 0.5, cycles: 1", "sparsity: 0.708, cycles: 2, schedule: linear, structure: row");
        await File.WriteAllTextAsync(recipe, (await File.ReadAllTextAsync(recipe)).Replace("name: small", "name: rows", StringComparison.Ordinal));
        var rows = await CliRun.InvokeAsync("run", recipe, "--store", run.Store, "--runners", "1", "--json");
        rows.ExitCode.ShouldBe(ExitCodes.Ok, rows.Error);
        var report = rows.Json.Deserialize<RunReport>(ContractJson.Options)!;
        report.Cycles.Select(c => c.Prune.Layers.Select(l => l.Kept)).ShouldBe([[9 * 64, 160], [2 * 64, 160]]);
        report.Cycles[1].Prune.TargetSparsity.ShouldBe(0.708);
        report.Cycles[1].Sparsity.ShouldBe(1 - (288 / 1184.0), 1e-12);
    }

    [Fact]
    public async Task Plan_says_beforehand_what_one_more_candidate_costs()
    {
        var recipe = SmallRecipe.Write(run["more.yaml"], "candidates: 2", "candidates: 3");
        var plan = await CliRun.InvokeAsync("plan", recipe, "--store", run.Store, "--json");
        plan.ExitCode.ShouldBe(ExitCodes.Ok, plan.Error);
        // New: one candidate, its evaluation, the soup and the soup's evaluation.
        plan.Json.GetProperty("toRun").GetInt32().ShouldBe(4);
        plan.Json.GetProperty("epochs").GetInt32().ShouldBe(1);
        plan.Json.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        (await CliRun.InvokeAsync("plan", run.Recipe, "--store", run.Store)).Output.ShouldContain("Nothing to do");
    }

    [Fact]
    public async Task Runs_list_the_run_and_show_its_steps_by_the_beginning_of_its_id()
    {
        var all = await CliRun.InvokeAsync("runs", "list", "--store", run.Store, "--json");
        all.Json.GetProperty("items")[0].GetProperty("state").GetString().ShouldBe("finished");
        var one = await CliRun.InvokeAsync("runs", "show", "small", "--store", run.Store, "--json");
        one.Json.GetProperty("steps").EnumerateArray().ShouldAllBe(s => s.GetProperty("state").GetString() == "done");
        (await CliRun.InvokeAsync("runs", "show", "other", "--store", run.Store)).ExitCode.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task A_soup_exported_packed_unpacks_to_the_very_weights_the_report_names()
    {
        var status = await CliRun.InvokeAsync("run", run.Recipe, "--store", run.Store, "--json");
        var digest = status.Json.GetProperty("cycles")[0].GetProperty("soup").GetProperty("digest").GetString();
        string[] store = ["--store", run.Store];
        (await CliRun.InvokeAsync(["export", "small", "-f", "packed", "-o", run["p.safetensors"], .. store])).ExitCode.ShouldBe(ExitCodes.Ok);
        var plain = await CliRun.InvokeAsync(["export", run["p.safetensors"], "-o", run["s.safetensors"], "--json", .. store]);
        var direct = await CliRun.InvokeAsync(["export", "small", "-o", run["d.safetensors"], "--json", .. store]);
        direct.Json.GetProperty("checkpoint").GetString().ShouldBe(digest);
        plain.Json.GetProperty("digest").GetString().ShouldBe(direct.Json.GetProperty("digest").GetString());
        TensorsOf(run["d.safetensors"]).ShouldBe(TensorsOf(Directory.GetFiles(Path.Combine(run.Store, "objects"), digest!, SearchOption.AllDirectories).Single()));
    }

    [Fact]
    public async Task The_report_tells_the_bytes_that_exports_of_the_soup_have()
    {
        var report = JsonSerializer.Deserialize<RunReport>(run.FirstReport, ContractJson.Options)!;
        await CliRun.InvokeAsync("export", "small", "-o", run["b.safetensors"], "--store", run.Store);
        await CliRun.InvokeAsync("export", run["b.safetensors"], "-f", "packed", "-o", run["b.packed"], "--store", run.Store);
        var sizes = report.Cycles[0].Soup.Evaluation.Compression!.Exports;
        // All but the lines of the header that say where an export comes from.
        const long Origin = 1024;
        (new FileInfo(run["b.safetensors"]).Length - sizes.Safetensors).ShouldBeInRange(0, Origin);
        (new FileInfo(run["b.packed"]).Length - sizes.Packed).ShouldBeInRange(0, Origin);
        run.First.Output.ShouldContain("on disk: ");
    }

    [Fact]
    public async Task An_exported_soup_evaluates_to_what_the_report_says()
    {
        string[] store = ["--store", run.Store];
        var report = await CliRun.InvokeAsync(["run", run.Recipe, "--json", .. store]);
        await CliRun.InvokeAsync(["export", "small", "-o", run["e.safetensors"], .. store]);
        var evaluation = await CliRun.InvokeAsync(
            ["evaluate", run["e.safetensors"], "--recipe", run.Recipe, "--json", .. store]);
        evaluation.ExitCode.ShouldBe(ExitCodes.Ok, evaluation.Error);
        evaluation.Json.GetProperty("test").GetProperty("accuracy").GetDouble()
            .ShouldBe(report.Json.GetProperty("cycles")[0].GetProperty("soup").GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public async Task A_run_stopped_by_the_user_says_how_to_resume()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var recipe = SmallRecipe.Write(run["stopped.yaml"], "name: small", "name: stopped");
        var stopped = await CliRun.InvokeAsync(stop.Token, "run", recipe, "--store", run.Store);
        stopped.ExitCode.ShouldBe(ExitCodes.Cancelled);
        stopped.Error.ShouldContain($"sparsepipe run {recipe} --store {run.Store}");
    }

    [Fact]
    public async Task A_training_that_diverges_fails_the_run_with_its_reason_and_still_writes_the_report()
    {
        var recipe = SmallRecipe.Write(run["diverging.yaml"], "epochs: 2, learningRate: 0.1", "epochs: 30, learningRate: 100, weightDecay: 1");
        var failed = await CliRun.InvokeAsync("run", recipe, "--store", run["diverging-store"], "--output", run["diverging-report"]);
        failed.ExitCode.ShouldBe(ExitCodes.Failed, failed.Output);
        failed.ErrorLines.Count.ShouldBe(1);
        failed.Output.TrimEnd().Split('\n')[^1].ShouldBe($"report: {run["diverging-report/report.json"]}");
        File.ReadAllText(run["diverging-report/report.html"]).ShouldContain("No cycle was finished");
    }

    [Fact]
    public async Task Cancel_marks_the_run_and_running_it_again_lifts_that()
    {
        // Another store, so that no other test sees a cancelled run.
        string[] store = ["--store", run["cancel-store"]];
        var recipe = SmallRecipe.Write(run["cancelled.yaml"], "name: small", "name: cancelled");
        (await CliRun.InvokeAsync(["run", recipe, .. store])).ExitCode.ShouldBe(ExitCodes.Ok);
        (await CliRun.InvokeAsync(["runs", "cancel", "cancelled-", .. store])).ExitCode.ShouldBe(ExitCodes.Ok);
        (await CliRun.InvokeAsync(["run", recipe, .. store])).ExitCode.ShouldBe(ExitCodes.Ok);
    }

    private static byte[] TensorsOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes[(8 + (int)BitConverter.ToInt64(bytes))..];
    }

    private static void ShouldHaveAccuracies(JsonElement model)
    {
        model.GetProperty("accuracy").GetDouble().ShouldBeInRange(0, 1);
        model.GetProperty("shiftedAccuracy").GetDouble().ShouldBeInRange(0, 1);
    }
}
