using System.Text.Json;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Cli.Store;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>What is lost of a real run is found, and made again when somebody says so.</summary>
public sealed class RepairCommandTests : IAsyncLifetime
{
    private readonly FinishedRun _run = new();
    private IReadOnlyList<JsonElement> _steps = [];

    public async ValueTask InitializeAsync()
    {
        await _run.InitializeAsync();
        _run.First.ExitCode.ShouldBe(ExitCodes.Ok, _run.First.Error);
        _steps = [.. (await InvokeAsync("runs", "show", "small", "--json")).Json.GetProperty("steps").EnumerateArray()];
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task What_is_missing_damaged_or_cannot_be_read_is_named_first_and_made_again_on_request()
    {
        var (missing, damaged, unreadable) = (Blob("dense", "checkpoint"), Blob("cycle-1/prune", "mask"), Result("cycle-1/soup"));
        File.Delete(missing);
        Damage(damaged);
        await File.WriteAllTextAsync(unreadable, "{ no result", TestContext.Current.CancellationToken);

        var looked = await InvokeAsync("repair", "small");
        var verified = await InvokeAsync("verify", "--deep");
        var repaired = await InvokeAsync("repair", "small", "--yes", "--runners", "1");
        var after = await InvokeAsync("verify", "--deep", "--json");

        looked.ExitCode.ShouldBe(ExitCodes.RefusedInput, looked.Error);
        looked.Output.ShouldContain($"missing    {Path.GetFileName(missing)}");
        looked.Output.ShouldContain($"damaged    {Path.GetFileName(damaged)}");
        looked.Output.ShouldContain($"steps/{Key("cycle-1/soup")}/result.json  is set aside");
        looked.Output.ShouldContain("Nothing was changed");
        verified.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        verified.Output.ShouldContain($"FAIL missing: {Path.GetFileName(missing)}");
        repaired.ExitCode.ShouldBe(ExitCodes.Ok, repaired.Error + repaired.Output);
        (after.ExitCode, after.Json.GetProperty("problems").GetArrayLength()).ShouldBe((ExitCodes.Ok, 0));
        File.Exists(missing).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(Path.GetDirectoryName(unreadable)!, "damaged")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_blob_is_repaired_by_its_name_and_nothing_else_is_computed()
    {
        var damaged = Blob("dense", "checkpoint");
        Damage(damaged);
        var before = File.GetLastWriteTimeUtc(Result("cycle-1/soup"));

        var repaired = await InvokeAsync("repair", Path.GetFileName(damaged), "--yes", "--runners", "1");

        repaired.ExitCode.ShouldBe(ExitCodes.Ok, repaired.Error + repaired.Output);
        (await InvokeAsync("verify", "--deep")).ExitCode.ShouldBe(ExitCodes.Ok);
        File.GetLastWriteTimeUtc(Result("cycle-1/soup")).ShouldBe(before);
    }

    [Fact]
    public async Task A_whole_run_needs_no_repair_and_what_is_unknown_is_said()
    {
        (await InvokeAsync("repair", "small")).Output.ShouldBe("Nothing is missing or damaged.\n");
        (await InvokeAsync("repair", "nobody")).ExitCode.ShouldBe(ExitCodes.Usage);

        var unknown = await InvokeAsync("repair", new string('0', 64));

        unknown.ExitCode.ShouldNotBe(ExitCodes.Ok);
        unknown.Output.ShouldBeEmpty();
        unknown.Error.ShouldContain($"No result and no recipe of this store names the artifact {new string('0', 64)}. Repair the run instead");
    }

    [Fact]
    public async Task A_repair_whose_resume_is_refused_leaves_the_run_to_sweeps_and_the_next_repair_ends_it()
    {
        File.Delete(Blob("dense", "checkpoint"));
        var output = Directory.CreateDirectory(_run["report"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(output, "report.html"), "mine", TestContext.Current.CancellationToken);

        var refused = await InvokeAsync("repair", "small", "--yes", "--runners", "1", "--output", output);
        var (ended, active) = (Files("ended.json"), await ActiveAsync());
        var looked = await InvokeAsync("repair", "small");
        var repaired = await InvokeAsync("repair", "small", "--yes", "--runners", "1", "--output", output, "--force");

        refused.Error.ShouldContain("exists. Add --force");
        ended.ShouldBeEmpty();
        active.ShouldHaveSingleItem().ShouldStartWith("small-");
        (looked.ExitCode, looked.Output.Split('\n')[0]).ShouldBe((ExitCodes.RefusedInput, $"unfinished {active[0]}"));
        repaired.ExitCode.ShouldBe(ExitCodes.Ok, repaired.Error + repaired.Output);
        Files("ended.json").ShouldHaveSingleItem();
        (await InvokeAsync("verify", "--deep")).ExitCode.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_result_that_was_deleted_by_hand_is_made_again()
    {
        File.Delete(Result("cycle-1/soup"));

        (await InvokeAsync("repair", "small")).ExitCode.ShouldBe(ExitCodes.RefusedInput);
        (await InvokeAsync("repair", "small", "--yes", "--runners", "1")).ExitCode.ShouldBe(ExitCodes.Ok);

        File.Exists(Result("cycle-1/soup")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_recipe_that_is_no_runs_stops_neither_plans_nor_the_repair_of_a_blob()
    {
        var damaged = Blob("dense", "checkpoint");
        Damage(damaged);
        var foreign = Directory.CreateDirectory(Path.Combine(_run.Store, "runs", "other-0123456789ab")).FullName;
        File.Copy(Files("recipe.json").Single(), Path.Combine(foreign, "recipe.json"));

        var planned = await InvokeAsync("plan", _run.Recipe);
        var repaired = await InvokeAsync("repair", Path.GetFileName(damaged), "--yes", "--runners", "1");

        planned.ExitCode.ShouldBe(ExitCodes.Ok, planned.Error);
        repaired.ExitCode.ShouldBe(ExitCodes.Ok, repaired.Error + repaired.Output);
        File.Exists(damaged).ShouldBeTrue();
    }

    [Fact]
    public async Task A_recipe_that_cannot_be_read_is_named_and_running_it_again_mends_the_run_without_computing_anything()
    {
        var stored = Files("recipe.json").Single();
        await File.WriteAllTextAsync(stored, "{ no recipe", TestContext.Current.CancellationToken);

        var shown = await InvokeAsync("runs", "show", "small");
        var again = await InvokeAsync("run", _run.Recipe, "--runners", "1", "--json");

        shown.ExitCode.ShouldNotBe(ExitCodes.Ok);
        shown.Error.ShouldContain("recipe.json' is damaged");
        shown.Error.ShouldContain("Submit the recipe again, with `sparsepipe run`");
        again.ExitCode.ShouldBe(ExitCodes.Ok, again.Error);
        again.Json.GetProperty("steps").EnumerateArray().ShouldAllBe(s => s.GetProperty("cached").GetBoolean());
        (await InvokeAsync("runs", "show", "small")).ExitCode.ShouldBe(ExitCodes.Ok);
        Directory.GetFiles(Path.Combine(Path.GetDirectoryName(stored)!, "damaged"), "recipe-*.json").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_repair_of_a_blob_does_not_go_on_with_a_run_that_was_cancelled()
    {
        var damaged = Blob("dense", "checkpoint");
        Damage(damaged);
        await using (var store = LocalStore.OpenExisting(CommandSettings.OfFolder(_run.Store)))
            await store.Runs.CancelAsync(await store.Runs.ListAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        var repaired = await InvokeAsync("repair", Path.GetFileName(damaged), "--yes", "--runners", "1");

        repaired.ExitCode.ShouldBe(ExitCodes.Ok, repaired.Error);
        repaired.Output.ShouldNotContain("small-");
        File.Exists(damaged).ShouldBeFalse();
        Files("cancelled.json").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_whole_again_when_it_would_be_deleted_stays()
    {
        var (blob, whole) = (Blob("dense", "checkpoint"), await File.ReadAllBytesAsync(Blob("dense", "checkpoint"), TestContext.Current.CancellationToken));
        Damage(blob);
        await using var store = LocalStore.OpenExisting(CommandSettings.OfFolder(_run.Store));
        var plan = await store.Repair.ExamineBlobAsync(Path.GetFileName(blob), TestContext.Current.CancellationToken);
        Replace(blob, whole);

        await store.Repair.ApplyAsync(plan, TestContext.Current.CancellationToken);

        plan.Lost.ShouldHaveSingleItem();
        File.Exists(blob).ShouldBeTrue();
        File.Exists(Result("dense")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_size_of_every_blob_is_compared_and_its_bytes_only_on_request()
    {
        Damage(Blob("dense", "checkpoint"));
        (await InvokeAsync("verify")).ExitCode.ShouldBe(ExitCodes.Ok);
        (await InvokeAsync("verify", "--deep")).ExitCode.ShouldBe(ExitCodes.RefusedInput);
        Replace(Blob("dense", "checkpoint"), [1]);

        var run = await InvokeAsync("verify", "--json");

        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Json.GetProperty("problems")[0].GetProperty("fault").GetString().ShouldBe("wrong-size");
        run.Error.ShouldContain("looking at ");
    }

    [Fact]
    public async Task A_doctor_finds_lost_artifacts_by_chance()
    {
        foreach (var blob in Directory.GetFiles(Path.Combine(_run.Store, "objects"), "*", SearchOption.AllDirectories))
            File.Delete(blob);

        var finding = (await InvokeAsync("doctor", "--json")).Json.EnumerateArray().Single(f => f.GetProperty("subject").GetString() == "artifacts");

        finding.GetProperty("isGood").GetBoolean().ShouldBeFalse();
        finding.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("is missing");
    }

    [Theory]
    [InlineData("verify", "x.safetensors", "--deep")]
    [InlineData("verify", "--mask", "m.safetensors")]
    [InlineData("runs", "list", "--store")]
    public async Task What_makes_no_sense_is_refused(params string[] args) => (await CliRun.InvokeAsync(args)).ExitCode.ShouldBe(ExitCodes.Usage);

    private string[] Files(string name) => Directory.GetFiles(Path.Combine(_run.Store, "runs"), name, SearchOption.AllDirectories);

    private async Task<List<string>> ActiveAsync()
    {
        await using var store = LocalStore.OpenExisting(CommandSettings.OfFolder(_run.Store));
        return await store.Runs.ListActiveAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static void Damage(string blob)
    {
        var bytes = File.ReadAllBytes(blob);
        bytes[^1] ^= 1;
        Replace(blob, bytes);
    }

    // Blobs are read-only files.
    private static void Replace(string blob, byte[] bytes)
    {
        File.Delete(blob);
        File.WriteAllBytes(blob, bytes);
    }

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _run.Store]);

    private string Key(string node) => _steps.Single(s => s.GetProperty("node").GetString() == node).GetProperty("key").GetString()!;

    private string Result(string node) => Path.Combine(_run.Store, "steps", Key(node), "result.json");

    private string Blob(string node, string output)
    {
        using var result = JsonDocument.Parse(File.ReadAllBytes(Result(node)));
        var digest = result.RootElement.GetProperty("outputs").GetProperty(output).GetProperty("digest").GetString()!;
        return Path.Combine(_run.Store, "objects", "sha256", digest[..2], digest);
    }
}
