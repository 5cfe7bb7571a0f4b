using SparsePipeline.Checkpoints;
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
        string[] output = ["--force", "--mask", folder.File("a.mask.safetensors"), "-o", folder.File("s.safetensors")];
        var good = await CliRun.InvokeAsync(["soup", folder.File("a.pruned.safetensors"), folder.File("b.pruned.safetensors"), .. output]);
        good.ExitCode.ShouldBe(ExitCodes.Ok, good.Error);
        SmallCheckpoint.Read(folder.File("s.safetensors"), "a.weight").ShouldBe([0, 0, 0, 0, 10, -12, 14, -16]);
        var bad = await CliRun.InvokeAsync(["soup", folder.File("a.pruned.safetensors"), folder.File("b.safetensors"), .. output]);
        bad.ExitCode.ShouldBe(ExitCodes.RefusedInput);
    }

    [Fact]
    public async Task Model_stock_measures_the_members_from_the_anchor_and_says_how_far_it_went()
    {
        // Twice and four times the anchor lie in one direction from it: the mean, three times.
        var run = await CliRun.InvokeAsync(
            "soup", Candidate("a", 2), Candidate("b", 4), "--soup", "model-stock", "--anchor", Candidate("start", 1), "-o", folder.File("s.safetensors"), "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("s.safetensors"), "a.weight").ShouldBe([3, -6, 9, -12, 15, -18, 21, -24]);
        run.Json.GetProperty("merged").EnumerateArray().Select(t => t.GetProperty("figures").GetProperty("t").GetDouble()).ShouldAllBe(t => t == 1);
    }

    [Theory]
    [InlineData("model-stock", "--dtype", "f32", "measures its members from an anchor, and there is none.")]
    [InlineData("uniform", "--anchor", "a", "looks at no anchor, so the one given would change nothing.")]
    [InlineData("greedy", "--dtype", "f32", "chooses by the validation split, and files alone have none.")]
    [InlineData("slerp", "--option", "density=0.5", "has no option 'density'.")]
    [InlineData("slerp", "--mask-policy", "union", "--mask-policy is for a mean, and --soup slerp merges otherwise.")]
    [InlineData("chowder", "--dtype", "f32", "There is no soup 'chowder'.")]
    public async Task A_soup_that_lacks_something_or_would_not_use_it_is_refused(string soup, string option, string value, string reason)
    {
        var given = value == "a" ? Candidate("a", 1) : value;
        var run = await CliRun.InvokeAsync("soup", Candidate("a", 1), Candidate("b", 3), "--soup", soup, option, given, "-o", folder.File("s.safetensors"));
        run.ExitCode.ShouldNotBe(ExitCodes.Ok);
        run.Error.ShouldContain(reason);
        File.Exists(folder.File("s.safetensors")).ShouldBeFalse();
    }

    [Fact]
    public async Task One_file_alone_is_no_soup()
    {
        var run = await CliRun.InvokeAsync("soup", Candidate("a", 1), "-o", folder.File("s.safetensors"));
        run.ExitCode.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task An_average_that_is_denser_than_its_members_says_so_and_offers_the_policies()
    {
        var run = await CliRun.InvokeAsync("soup", Cases.Copy("f1-a", folder), Cases.Copy("f1-b", folder), "-o", folder.File("s.safetensors"));
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Weights("s").ShouldBe([0.5f, 2.5f, 1, 3, 1.5f, 3.5f, 2, 4]);
        run.Output.ShouldContain("50.0 % + 50.0 % → 0.0 %");
        run.Output.ShouldContain("denser than each of its members");
        run.Output.ShouldMatch("--mask-policy (?=.*intersect)(?=.*union)(?=.*re-prune)");
    }

    [Theory]
    [InlineData("union", new[] { 0.5f, 2.5f, 1, 3, 1.5f, 3.5f, 2, 4 })]
    [InlineData("intersect", new float[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("re-prune", new[] { 0, 2.5f, 0, 3, 0, 3.5f, 0, 4 })]
    public async Task A_policy_gives_the_average_a_mask_made_of_those_of_its_members(string policy, float[] weights)
    {
        var run = await CliRun.InvokeAsync(
            "soup", Cases.Copy("f1-a", folder), Cases.Copy("f1-b", folder), "-o", folder.File("s.safetensors"), "--mask-policy", policy, "--json");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Weights("s").ShouldBe(weights);
        SparsityMask.Load(run.Json.GetProperty("mask").GetString()!).Kept.ShouldBe(weights.Count(w => w != 0));
        run.Json.GetProperty("candidateSparsities").EnumerateArray().Select(c => c.GetDouble()).ShouldBe([0.5, 0.5]);
    }

    [Fact]
    public async Task An_average_is_pruned_again_by_the_rule_that_is_given()
    {
        var run = await CliRun.InvokeAsync(
            "soup", Cases.Copy("f1-a", folder), Cases.Copy("f1-b", folder), "-o", folder.File("s.safetensors"),
            "--mask-policy", "re-prune", "--sparsity", "0.75", "--method", "layer-magnitude");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Weights("s").ShouldBe([0, 0, 0, 0, 0, 3.5f, 0, 4]);
    }

    [Theory]
    [InlineData("union", "--sparsity", "0.5", "--sparsity would change nothing: only --mask-policy re-prune prunes.")]
    [InlineData("unoin", "--exclude", "*.bias", "There is no mask-policy 'unoin'.")]
    public async Task A_policy_that_there_is_not_and_a_rule_that_nothing_uses_are_refused(string policy, string option, string value, string reason)
    {
        var run = await CliRun.InvokeAsync(
            "soup", Cases.Copy("f1-a", folder), Cases.Copy("f1-b", folder), "-o", folder.File("s.safetensors"), "--mask-policy", policy, option, value);
        run.ExitCode.ShouldNotBe(ExitCodes.Ok);
        run.Error.ShouldContain(reason);
        File.Exists(folder.File("s.safetensors")).ShouldBeFalse();
    }

    private float[] Weights(string name)
    {
        using var state = StateDict.Open(folder.File(name + ".safetensors"));
        return SmallCheckpoint.Read(folder.File(name + ".safetensors"), state.Tensors.Single().Name);
    }

    private string Candidate(string name, float scale) => SmallCheckpoint.Write(folder.File(name + ".safetensors"), scale);
}
