using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class LookCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Inspect_counts_tensors_and_zeros()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        await CliRun.InvokeAsync("prune", file, "-s", "0.5");
        var run = await CliRun.InvokeAsync("inspect", folder.File("m.pruned.safetensors"), folder.File("m.mask.safetensors"), "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Json[0].GetProperty("summary").GetProperty("prunableSparsity").GetDouble().ShouldBe(0.5);
        run.Json[1].GetProperty("summary").GetProperty("maskDigest").GetString()
            .ShouldBe(run.Json[0].GetProperty("summary").GetProperty("maskDigest").GetString());
    }

    [Fact]
    public async Task Inspect_shows_a_table_to_people()
    {
        var run = await CliRun.InvokeAsync("inspect", SmallCheckpoint.Write(folder.File("m.safetensors")));
        run.Output.ShouldContain("a.weight");
        run.Output.ShouldContain("[2, 4]");
    }

    [Fact]
    public async Task Inspect_says_what_is_not_prunable_and_what_is_tied_and_rounds_nothing_to_all()
    {
        var weights = new float[4000];
        weights[7] = 1;
        var file = new StateDictBuilder().Floats("fc.weight", TensorType.F32, [40, 100], weights).Floats("wte.weight", TensorType.F32, [2, 2], [1, 2, 3, 4])
            .Metadata("head.weight", "fc.weight").Save(folder.File("m.safetensors"));

        var run = await CliRun.InvokeAsync("inspect", file);

        run.Output.ShouldContain("no: embedding");
        run.Output.ShouldContain("tied:       head.weight is fc.weight");
        run.Output.ShouldContain("99.98 %");
        run.Output.ShouldNotContain("100.0 %");
    }

    [Fact]
    public async Task Verify_accepts_a_pruned_file_under_its_mask_and_with_its_digest()
    {
        await CliRun.InvokeAsync("prune", SmallCheckpoint.Write(folder.File("m.safetensors")), "-s", "0.5");
        var pruned = folder.File("m.pruned.safetensors");
        var run = await CliRun.InvokeAsync("verify", pruned, "--mask", folder.File("m.mask.safetensors"), "--digest", ContentDigest.OfFile(pruned));
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Output);
        run.Output.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task Verify_names_every_check_that_fails()
    {
        var file = SmallCheckpoint.Write(folder.File("m.safetensors"));
        await CliRun.InvokeAsync("prune", file, "-s", "0.5");
        var run = await CliRun.InvokeAsync("verify", file, "--mask", folder.File("m.mask.safetensors"), "--digest", new string('0', 64));
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Output.ShouldContain("FAIL digest");
        run.Output.ShouldContain("FAIL zeros");
    }

    [Theory]
    [InlineData("truncated", 12)]
    [InlineData("empty", 0)]
    [InlineData("header too long", 8)]
    public async Task A_hostile_file_gets_one_line_and_exit_code_3(string name, int length)
    {
        var bytes = await File.ReadAllBytesAsync(SmallCheckpoint.Write(folder.File("m.safetensors")));
        bytes[6] = name == "header too long" ? (byte)0x7f : bytes[6];
        await File.WriteAllBytesAsync(folder.File("bad.safetensors"), bytes[..length]);
        foreach (var command in (string[][])[["inspect"], ["verify"], ["prune", "-s", "0.5"]])
        {
            var run = await CliRun.InvokeAsync([.. command, folder.File("bad.safetensors")]);
            run.ExitCode.ShouldBe(ExitCodes.RefusedInput, $"{name}: {command[0]}");
            run.Error.ShouldNotContain("   at ");
        }
    }

    [Fact]
    public async Task A_pickle_is_refused_with_the_way_to_convert_it()
    {
        await File.WriteAllBytesAsync(folder.File("model.pt"), [0x80, 0x02, 0x7d, 0x71, .. new byte[100]]);
        var run = await CliRun.InvokeAsync("inspect", folder.File("model.pt"));
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Error.ShouldContain("safetensors");
    }
}
