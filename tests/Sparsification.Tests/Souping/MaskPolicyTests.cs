using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class MaskPolicyTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>The mean of 4 0 2 0 and 0 6 4 0 is 2 3 3 0; both keep the third weight, neither the fourth.</summary>
    [Theory]
    [InlineData(IntersectPolicy.Name, "0 0 3 0", "0010", 0.75)]
    [InlineData(UnionPolicy.Name, "2 3 3 0", "1110", 0.25)]
    [InlineData(RePrunePolicy.Name, "0 3 3 0", "0110", 0.5)]
    public async Task Two_networks_with_masks_of_their_own_are_averaged_under_one(string policy, string weights, string bits, double sparsity)
    {
        var (output, mask) = (_files.NewPath(), _files.NewPath("mask"));

        var report = await CookAsync(Request(policy), output, mask);

        Files.Read(output, "a.weight").ShouldBe(weights.Split(' ').Select(float.Parse));
        Files.Bits(SparsityMask.Load(mask), "a.weight").ShouldBe(bits);
        report.Sparsity.ShouldBe(sparsity);
        report.Layers.ShouldHaveSingleItem().Kept.ShouldBe(bits.Count(b => b == '1'));
    }

    [Fact]
    public async Task Weights_count_before_the_average_is_pruned_again()
    {
        var (output, mask) = (_files.NewPath(), _files.NewPath("mask"));
        var weights = System.Text.Json.JsonSerializer.SerializeToElement(new[] { 3, 1 });

        // Three quarters of 4 0 2 0 and a quarter of 0 6 4 0 are 3 1.5 2.5 0.
        await CookAsync(
            Request(RePrunePolicy.Name) with
            {
                Method = new MethodSpec { Name = WeightedSoup.Name, Options = new MethodOptions { [WeightedSoup.Option] = weights } },
            },
            output,
            mask);

        Files.Read(output, "a.weight").ShouldBe([3, 0, 2.5f, 0]);
    }

    /// <summary>
    /// The mean is (2, 3; 3, 0), and inputs of (10, 1) make 20 and 3 of its first row: Wanda (Sun et al. 2024, eq. 1) keeps the 2, where magnitude keeps the 3.
    /// </summary>
    [Fact]
    public async Task An_average_is_pruned_again_by_what_comes_into_its_own_layers()
    {
        var (output, mask) = (_files.NewPath(), _files.NewPath("mask"));
        var seen = new List<(float[] Average, string Mask)>();
        var request = Request(RePrunePolicy.Name) with
        {
            Recut = new PruneRequest { Method = MethodSpec.Of(WandaPruner.Name), Sparsity = 0.5 },
            Collect = (average, _) =>
            {
                seen.Add((Files.Read(average.Checkpoint, "a.weight"), Files.Bits(SparsityMask.Load(average.Mask), "a.weight")));
                StatisticsFile.Write(average.Statistics, [Pruning.MadeStatistics.Of("a.weight", [[10, 1]])]);
                return Task.FromResult(false);
            },
        };

        await CookAsync(request, output, mask);

        Files.Read(output, "a.weight").ShouldBe([2, 0, 3, 0]);
        Files.Bits(SparsityMask.Load(mask), "a.weight").ShouldBe("1010");
        // Candidates alone are looked at too: how much better the soup is than they are.
        seen.ShouldContain(s => s.Average.SequenceEqual(new float[] { 2, 3, 3, 0 }) && s.Mask == "1110");
        Directory.GetFiles(_files.Folder).ShouldAllBe(f => f == output || f == mask || !f.StartsWith(output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_candidate_without_a_mask_is_named() =>
        await RefusedAsync(Request(UnionPolicy.Name) with { Candidates = [Candidate("1010", 4, 0, 2, 0), Candidate(null, 0, 6, 4, 0)] }, "Candidate 1 has no mask.");

    [Fact]
    public async Task A_candidate_that_breaks_its_own_mask_is_named() =>
        await RefusedAsync(
            Request(UnionPolicy.Name) with { Candidates = [Candidate("1010", 4, 0, 2, 0), Candidate("0110", 0, 6, 4, 5)] },
            "Candidate 1 has 5 in 'a.weight' at flat index 3, which its own mask prunes.");

    [Fact]
    public async Task Pruning_again_without_a_cut_is_refused() =>
        await RefusedAsync(Request(RePrunePolicy.Name) with { Recut = null }, "The mask policy 're-prune' is given no cut.");

    [Fact]
    public async Task An_unknown_policy_is_refused_with_the_known_ones() =>
        (await RefusedAsync(Request("xor"), "There is no mask-policy 'xor'.")).Remedy.ShouldBe("Known: intersect, re-prune, union.");

    private async Task<StepFailure> RefusedAsync(SoupRequest request, string reason)
    {
        var output = _files.NewPath();
        var failure = (await Should.ThrowAsync<DomainException>(() => CookAsync(request, output, _files.NewPath("mask")))).Failure;
        failure.Reason.ShouldBe(reason);
        failure.Remedy.ShouldNotBeEmpty();
        Directory.GetFiles(_files.Folder).ShouldAllBe(f => !f.StartsWith(output, StringComparison.Ordinal));
        return failure;
    }

    private SoupRequest Request(string policy) => new()
    {
        Candidates = [Candidate("1010", 4, 0, 2, 0), Candidate("0110", 0, 6, 4, 0)],
        MaskPolicy = policy,
        Recut = new PruneRequest { Sparsity = 0.5 },
        LinePoints = 3,
    };

    private CandidateFile Candidate(string? mask, params float[] weights) =>
        new(_files.Write(("a.weight", [2, 2], weights)), 0.5, mask is null ? null : Masks.Of(("a.weight", [2, 2], mask)));

    private static Task<SoupReport> CookAsync(SoupRequest request, string output, string mask) =>
        SoupOperation.CookAsync(request, (_, _) => Task.FromResult(new SoupScore(0.5, 1)), output, mask, TestContext.Current.CancellationToken);
}
