using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class PruneCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_smallest_half_of_the_weights_becomes_zero_and_biases_stay()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        var run = await CliRun.InvokeAsync("prune", file, "--sparsity", "0.5");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("m.pruned.safetensors"), "a.weight").ShouldBe([0, 0, 0, 0, 5, -6, 7, -8]);
        SmallCheckpoint.Read(folder.File("m.pruned.safetensors"), "a.bias").ShouldBe([1, 1]);
        run.Output.ShouldContain("50.0 % of 8 prunable weights are zero");
    }

    [Fact]
    public async Task What_an_earlier_mask_pruned_stays_pruned()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        await CliRun.InvokeAsync("prune", file, "-s", "0.5");
        var run = await CliRun.InvokeAsync("prune", file, "-s", "0.75", "--mask", folder.File("m.mask.safetensors"), "-o", folder.File("second"));
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("second/m.pruned.safetensors"), "a.weight").ShouldBe([0, 0, 0, 0, 0, 0, 7, -8]);
    }

    [Fact]
    public async Task A_checkpoint_in_shards_is_pruned_like_the_whole()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        using (var whole = StateDict.Open(file))
            ShardedCheckpoint.Write(whole, folder.Path, maxShardBytes: 8);
        var run = await CliRun.InvokeAsync("prune", file, folder.File("model.safetensors.index.json"), "-s", "0.5", "--single-file");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        File.ReadAllBytes(folder.File("model.pruned.safetensors")).ShouldBe(File.ReadAllBytes(folder.File("m.pruned.safetensors")));
    }

    /// <summary>Four of eight weights are a block of 1 × 4; three are not.</summary>
    [Fact]
    public async Task A_structure_is_cut_in_whole_units_and_target_and_reached_are_told()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        var run = await CliRun.InvokeAsync("prune", file, "-s", "0.375", "--structure", "block-1x4");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("m.pruned.safetensors"), "a.weight").ShouldBe([0, 0, 0, 0, 5, -6, 7, -8]);
        run.Output.ShouldContain("50.0 % of 8 prunable weights are zero (40.0 % of all parameters); asked for were 37.5 %, and whole units are cut");
    }

    [Fact]
    public async Task Zeros_that_were_there_before_are_told_beside_the_mask_and_offered_as_one()
    {
        var file = Cases.Copy("f6", folder);
        var run = await CliRun.InvokeAsync("prune", file, "-s", "0.5");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("80.0 % of 400 prunable weights are zero, 50.0 % by the mask");
        run.Output.ShouldContain("warning: 120 weights that the mask keeps are zero already");
        run.Output.ShouldContain("--mask-from-zeros");

        var started = await CliRun.InvokeAsync("prune", file, "-s", "0.9", "--mask-from-zeros", "-o", folder.File("second"));
        started.ExitCode.ShouldBe(ExitCodes.Ok, started.Error);
        started.Output.ShouldContain("90.0 % of 400 prunable weights are zero (");
        started.Output.ShouldNotContain("zero already");
    }

    [Theory]
    [InlineData("lm_hed.*")]
    [InlineData("lm_head")]
    public async Task A_pattern_that_matches_nothing_is_refused_with_the_near_name(string pattern)
    {
        var run = await CliRun.InvokeAsync("prune", Cases.Copy("f8", folder), "-s", "0.5", "--exclude", pattern, "--layer", "fv.*=0.5");
        run.ExitCode.ShouldNotBe(ExitCodes.Ok);
        run.Error.ShouldContain($"exclude '{pattern}' matches no tensor. layers 'fv.*' matches no tensor.");
        run.Error.ShouldContain("Did you mean 'lm_head.weight'? Did you mean 'fc.weight'?");
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Layers_have_sparsities_of_their_own_and_embeddings_are_taken_in()
    {
        var run = await CliRun.InvokeAsync(
            "prune", Cases.Copy("f18-t5", folder), "-s", "0.5", "--include", "shared.*", "--layer", "lm_head.*=0.25", "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Json[0].GetProperty("report").GetProperty("layers").EnumerateArray()
            .Select(l => (l.GetProperty("name").GetString(), l.GetProperty("kept").GetInt64())).ShouldBe([("lm_head.weight", 120), ("shared.weight", 80)]);
    }

    [Theory]
    [InlineData(null, "classifier.weight")]
    [InlineData("fc", "fc.weight")]
    public async Task The_last_layer_is_found_by_shapes_or_named(string? named, string whole)
    {
        var run = await CliRun.InvokeAsync(
            ["prune", Cases.Copy("f12-classifier", folder), "-s", "0.3", "--structure", "row", "--json", .. named is null ? Array.Empty<string>() : ["--output-layer", named]]);
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var layer = run.Json[0].GetProperty("report").GetProperty("layers").EnumerateArray().Single(l => l.GetProperty("name").GetString() == whole);
        layer.GetProperty("kept").GetInt64().ShouldBe(layer.GetProperty("total").GetInt64());
    }

    [Theory]
    [InlineData("lm_head", "is not of the form PATTERN=FRACTION")]
    [InlineData("lm_head.*=0,5", "is not of the form PATTERN=FRACTION")]
    [InlineData("lm_head.*=1.5", "the sparsity 1.5")]
    public async Task A_layer_option_that_cannot_be_read_is_refused(string layer, string reason)
    {
        var run = await CliRun.InvokeAsync("prune", Cases.Copy("f8", folder), "-s", "0.5", "--layer", layer);
        run.ExitCode.ShouldNotBe(ExitCodes.Ok);
        run.Error.ShouldContain(reason);
    }

    [Fact]
    public async Task Several_files_are_pruned_and_reported_one_by_one()
    {
        var files = new[] { SmallCheckpoint.Write(folder.File("a.safetensors")), SmallCheckpoint.Write(folder.File("b.safetensors"), 2) };
        var run = await CliRun.InvokeAsync("prune", files[0], files[1], "-s", "0.25", "--json", "-o", folder.File("out"));
        run.Json.GetArrayLength().ShouldBe(2);
        run.Json[1].GetProperty("report").GetProperty("sparsity").GetDouble().ShouldBe(0.25);
        File.Exists(run.Json[1].GetProperty("mask").GetString()).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_inputs_that_would_overwrite_each_other_are_refused_before_any_work()
    {
        Directory.CreateDirectory(folder.File("x"));
        var files = new[] { SmallCheckpoint.Write(folder.File("a.safetensors")), SmallCheckpoint.Write(folder.File("x/a.safetensors")) };
        var run = await CliRun.InvokeAsync("prune", files[0], files[1], "-s", "0.5", "-o", folder.File("out"));
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        Directory.Exists(folder.File("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    public async Task A_sparsity_outside_its_range_is_refused_with_field_and_value(string sparsity)
    {
        var run = await CliRun.InvokeAsync("prune", SmallCheckpoint.Write(folder.File("m.safetensors")), $"--sparsity={sparsity}");
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.ErrorLines.Count.ShouldBe(1);
        run.Error.ShouldContain("sparsity");
        run.Error.ShouldContain(sparsity);
    }

    [Fact]
    public async Task An_unknown_method_is_answered_with_the_known_ones()
    {
        var run = await CliRun.InvokeAsync("prune", SmallCheckpoint.Write(folder.File("m.safetensors")), "-s", "0.5", "--method", "magic");
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("global-magnitude");
    }

    [Fact]
    public async Task A_mask_of_another_model_is_refused()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        var run = await CliRun.InvokeAsync("prune", file, "-s", "0.5", "--mask", file);
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.ErrorLines.Count.ShouldBe(1);
    }
}
