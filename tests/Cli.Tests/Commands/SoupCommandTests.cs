using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class SoupCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_average_of_two_files_is_their_mean()
    {
        var run = await CliRun.InvokeAsync("soup", Candidate("a", 1), Candidate("b", 3), "-o", folder.File("new/soup.safetensors"), "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("new/soup.safetensors"), "a.weight").ShouldBe([2, -4, 6, -8, 10, -12, 14, -16]);
        run.Json.GetProperty("digest").GetString()!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Weights_are_taken_one_per_candidate()
    {
        var run = await CliRun.InvokeAsync("soup", Candidate("a", 1), Candidate("b", 3), "--weights", "0.25", "0.75", "-o", folder.File("s.safetensors"));
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("s.safetensors"), "a.bias").ShouldBe([2.5f, 2.5f]);
    }

    [Theory]
    [InlineData("0.5", "0.6")]
    [InlineData("-1", "2")]
    public async Task Weights_that_do_not_add_up_to_one_are_refused(string first, string second)
    {
        var run = await CliRun.InvokeAsync("soup", Candidate("a", 1), Candidate("b", 3), "-o", folder.File("s.safetensors"), "--weights", first, second);
        run.ExitCode.ShouldBe(ExitCodes.Usage);
        File.Exists(folder.File("s.safetensors")).ShouldBeFalse();
    }

    [Fact]
    public async Task Pruned_candidates_keep_their_zeros_and_dense_ones_are_refused_under_a_mask()
    {
        await CliRun.InvokeAsync("prune", Candidate("a", 1), Candidate("b", 3), "-s", "0.5");
        string[] output = ["--mask", folder.File("a.mask.safetensors"), "-o", folder.File("s.safetensors")];
        var good = await CliRun.InvokeAsync(["soup", folder.File("a.pruned.safetensors"), folder.File("b.pruned.safetensors"), .. output]);
        good.ExitCode.ShouldBe(ExitCodes.Ok, good.Error);
        SmallCheckpoint.Read(folder.File("s.safetensors"), "a.weight").ShouldBe([0, 0, 0, 0, 10, -12, 14, -16]);
        var bad = await CliRun.InvokeAsync(["soup", folder.File("a.pruned.safetensors"), folder.File("b.safetensors"), .. output]);
        bad.ExitCode.ShouldBe(ExitCodes.RefusedInput);
    }

    [Fact]
    public async Task One_file_alone_is_no_soup()
    {
        var run = await CliRun.InvokeAsync("soup", Candidate("a", 1), "-o", folder.File("s.safetensors"));
        run.ExitCode.ShouldBe(ExitCodes.Usage);
    }

    private string Candidate(string name, float scale) => SmallCheckpoint.Write(folder.File(name + ".safetensors"), scale);
}
