using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary><c>f5</c>, in which half of the pruned weights are −0: one answer from all commands, and plain zeros in all they write under a mask.</summary>
public sealed class NegativeZeroCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public NegativeZeroCommandTests()
    {
        Cases.Copy("f5", folder);
        Cases.Copy("f5-plus", folder);
        using var plus = StateDict.Open(Cases.Path("f5-plus"));
        Masks.Of(("fc.weight", [100, 100], string.Concat(plus.Floats("fc.weight", 0, 10_000).ToArray().Select(w => w == 0 ? '0' : '1')))).Save(Mask);
    }

    private string Mask => folder.File("m.safetensors");

    private string F5 => folder.File("f5.safetensors");

    private string Output => folder.File("out.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Verify_passes() => (await CliRun.InvokeAsync("verify", F5, "--mask", Mask)).ExitCode.ShouldBe(ExitCodes.Ok);

    [Fact]
    public async Task Inspect_counts_them_as_zeros() =>
        (await CliRun.InvokeAsync("inspect", F5, "--json")).Json[0].GetProperty("summary").GetProperty("nonZero").GetInt64().ShouldBe(1_000);

    [Theory]
    [InlineData("soup", "f5", "f5", "--mask")]
    [InlineData("export", "f5", "--mask")]
    public async Task Under_a_mask_plain_zeros_are_written(params string[] words)
    {
        var run = await CliRun.InvokeAsync([.. words.Select(w => w == "f5" ? F5 : w), Mask, "-o", Output]);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        ShouldHoldPlainZeros(Output);
    }

    [Fact]
    public async Task The_zero_pattern_is_the_mask_of_a_cut_and_plain_zeros_are_written()
    {
        var run = await CliRun.InvokeAsync("prune", F5, "-s", "0.9");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SparsityMask.Load(folder.File("f5.mask.safetensors")).Digest.ShouldBe(SparsityMask.Load(Mask).Digest);
        ShouldHoldPlainZeros(folder.File("f5.pruned.safetensors"));
    }

    [Fact]
    public async Task Packing_takes_5700_bytes_without_a_mask_and_is_not_refused_with_it()
    {
        (await CliRun.InvokeAsync("export", F5, "-f", "packed", "-o", Output)).ExitCode.ShouldBe(ExitCodes.Ok);
        new FileInfo(Output).Length.ShouldBe(5_700);
        var under = await CliRun.InvokeAsync("export", F5, "-f", "packed", "--mask", Mask, "-o", folder.File("under.safetensors"));
        under.ExitCode.ShouldBe(ExitCodes.Ok, under.Error);
        foreach (var packed in new[] { Output, folder.File("under.safetensors") })
        {
            (await CliRun.InvokeAsync("verify", packed, "--mask", Mask)).ExitCode.ShouldBe(ExitCodes.Ok);
            (await CliRun.InvokeAsync("export", packed, "-o", folder.File("back.safetensors"), "--force")).ExitCode.ShouldBe(ExitCodes.Ok);
            ShouldHoldPlainZeros(folder.File("back.safetensors"));
        }
    }

    private static void ShouldHoldPlainZeros(string file)
    {
        using var expected = StateDict.Open(Cases.Path("f5-plus"));
        using var written = StateDict.Open(file);
        written.Bytes("fc.weight", 0, 40_000).SequenceEqual(expected.Bytes("fc.weight", 0, 40_000)).ShouldBeTrue();
    }
}
