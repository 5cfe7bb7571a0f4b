using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class ExportRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_export_says_in_its_metadata_which_run_cycle_and_sparsity_it_is()
    {
        var runId = await RunAsync("twice", cycles: 2);

        var export = await InvokeAsync("export", "twice", "-o", _folder.File("soup.safetensors"), "--json");

        var metadata = MetadataOf("soup.safetensors");
        metadata[CheckpointOrigin.Run].ShouldBe(runId);
        metadata[CheckpointOrigin.Node].ShouldBe("cycle-2/soup");
        (metadata[CheckpointOrigin.Cycle], metadata[CheckpointOrigin.Cycles]).ShouldBe(("2", "2"));
        metadata[CheckpointOrigin.Sparsity].ShouldBe("0.5");
        metadata[CheckpointOrigin.Checkpoint].ShouldBe(export.Json.GetProperty("checkpoint").GetString());
        export.Json.GetProperty("cycle").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Packed_and_unpacked_an_export_still_says_where_it_comes_from()
    {
        var runId = await RunAsync("once", cycles: 1);
        await InvokeAsync("export", "once", "-f", "packed", "-o", _folder.File("packed.safetensors"));

        await InvokeAsync("export", _folder.File("packed.safetensors"), "-o", _folder.File("plain.safetensors"));

        MetadataOf("packed.safetensors")[CheckpointOrigin.Run].ShouldBe(runId);
        MetadataOf("plain.safetensors")[CheckpointOrigin.Sparsity].ShouldBe("0.5");
    }

    [Fact]
    public async Task An_unfinished_run_is_refused_with_its_state_and_the_way_out_and_gives_a_named_cycle()
    {
        var runId = await RunAsync("twice", cycles: 2);
        await ForgetAsync(runId, "cycle-2/soup");

        var refused = await InvokeAsync("export", "twice", "-o", _folder.File("soup.safetensors"));
        var first = await InvokeAsync("export", "twice", "--cycle", "1", "-o", _folder.File("first.safetensors"));
        var second = await InvokeAsync("export", "twice", "--cycle", "2", "-o", _folder.File("second.safetensors"));

        refused.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        refused.Error.ShouldContain($"Run {runId} is not finished: ");
        refused.Error.ShouldContain($"`sparsepipe runs resume {runId} --store {_folder.File("store")}`, or take what there is: --cycle 1 of 2.");
        File.Exists(_folder.File("soup.safetensors")).ShouldBeFalse();
        first.ExitCode.ShouldBe(ExitCodes.Ok, first.Error);
        first.Output.ShouldContain($"{runId}, cycle-1/soup, cycle 1 of 2; the run is unfinished, 29.3 % of prunable weights pruned");
        MetadataOf("first.safetensors")[CheckpointOrigin.Cycle].ShouldBe("1");
        second.Error.ShouldContain("The run has no cycle-2/soup yet.");
    }

    [Fact]
    public async Task A_stopped_run_and_a_failed_run_are_refused_with_their_state()
    {
        var stopped = await RunAsync("stopped", cycles: 2);
        await ForgetAsync(stopped, "cycle-2/soup");
        await InvokeAsync("runs", "cancel", stopped);
        var diverging = SmallRecipe.Write(_folder.File("d.yaml"), "epochs: 2, learningRate: 0.1", "epochs: 30, learningRate: 100, weightDecay: 1");
        await InvokeAsync("run", diverging);

        (await InvokeAsync("export", "stopped", "-o", _folder.File("s"))).Error.ShouldContain($"Run {stopped} was stopped: ");
        (await InvokeAsync("export", "small", "-o", _folder.File("s"))).Error.ShouldMatch(@"Run small-\w{12} has failed \(.*diverged.*\): .*`sparsepipe runs resume .*it has no soup yet\.");
    }

    [Fact]
    public async Task Of_several_runs_of_one_name_the_newest_finished_is_taken_and_the_others_are_listed()
    {
        var old = await RunAsync("small", cycles: 1);
        var newer = await RunAsync("small", cycles: 1, seed: 2);
        var newest = await RunAsync("small", cycles: 1, seed: 3);
        await ForgetAsync(newest, "cycle-1/soup");

        var export = await InvokeAsync("export", "small", "-o", _folder.File("soup.safetensors"), "--json");

        export.Json.GetProperty("runId").GetString().ShouldBe(newer);
        export.Error.ShouldMatch($@"3 runs have this name; this is {newer} \(finished, [0-9-]+ [0-9:]+Z, embedded\)\. Others: {old} \(finished, .*\); {newest} \(unfinished, .*\)\.");
        (await InvokeAsync("runs", "show", "small")).Error.ShouldContain($"RUN 'small' names 3 runs. Give the id of one: {newer} (finished");
    }

    [Fact]
    public async Task A_run_that_was_asked_for_alone_comes_before_newer_ones_of_a_study()
    {
        var alone = await RunAsync("small", cycles: 1);
        await File.WriteAllTextAsync(_folder.File("study.yaml"), "name: pair\nrecipe: small.yaml\nseeds: { tuning: [9], judging: [1, 2] }\ngrids:\n- name: only\n  axes: { retraining.candidates: [2, 3] }\n");
        (await InvokeAsync("study", _folder.File("study.yaml"))).ExitCode.ShouldBe(ExitCodes.Ok);

        (await InvokeAsync("export", "small", "-o", _folder.File("soup.safetensors"), "--json")).Json.GetProperty("runId").GetString().ShouldBe(alone);

        var origins = (await InvokeAsync("runs", "list", "--json")).Json.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("origin").GetString()).ToList();
        origins.Count(o => o == "embedded").ShouldBe(1);
        origins.Count(o => o == "study, embedded").ShouldBe(origins.Count - 1);
    }

    [Theory]
    [InlineData("smal", "Did you mean 'small'?")]
    [InlineData("small-000000000000", "Did you mean 'small'?")]
    public async Task An_unknown_name_is_answered_with_a_near_one(string name, string answer)
    {
        await RunAsync("small", cycles: 1);

        (await InvokeAsync("runs", "show", name + "x")).Error.ShouldContain("names no run");
        (await InvokeAsync("runs", "show", name == "smal" ? "smoll" : name)).Error.ShouldContain(answer);
    }

    [Theory]
    [InlineData("--cycle", "3", "--cycle is 3, and run small-[0-9a-f]{12} has 1 cycle\\(s\\). Give 1 to 1.")]
    [InlineData("--node", "cycle-1/soop", "--node 'cycle-1/soop' has no checkpoint in this run. Did you mean 'cycle-1/soup'\\?")]
    public async Task A_cycle_or_node_that_is_not_there_is_refused(string option, string value, string message)
    {
        await RunAsync("small", cycles: 1);

        (await InvokeAsync("export", "small", option, value, "-o", _folder.File("s"))).Error.ShouldMatch(message);
    }

    private async Task<string> RunAsync(string name, int cycles, int seed = 1)
    {
        var recipe = SmallRecipe.Write(_folder.File($"{name}.yaml"), "cycles: 1", cycles == 1 ? "cycles: 1" : $"cycles: {cycles}, schedule: geometric");
        await File.WriteAllTextAsync(recipe, (await File.ReadAllTextAsync(recipe)).Replace("name: small", $"name: {name}\nseed: {seed}", StringComparison.Ordinal));
        var run = await InvokeAsync("run", recipe, "--runners", "1", "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        return run.Json.GetProperty("runId").GetString()!;
    }

    // What a run looks like that was stopped before this step.
    private async Task ForgetAsync(string runId, string node)
    {
        var show = await InvokeAsync("runs", "show", runId, "--json");
        var key = show.Json.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("node").GetString() == node).GetProperty("key").GetString();
        Directory.EnumerateFiles(_folder.File("store/steps"), "result.json", SearchOption.AllDirectories).Where(f => f.Contains(key!, StringComparison.Ordinal)).ToList().ForEach(File.Delete);
        File.Delete(_folder.File($"store/runs/{runId}/ended.json"));
    }

    private Dictionary<string, string> MetadataOf(string file)
    {
        using var state = StateDict.Open(_folder.File(file));
        return state.Metadata.ToDictionary();
    }

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _folder.File("store")]);
}
