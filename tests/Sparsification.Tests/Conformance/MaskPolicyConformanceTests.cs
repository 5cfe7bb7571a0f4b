using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;
using SparsePipeline.Sparsification.Tests.Pruning;

namespace SparsePipeline.Sparsification.Tests.Conformance;

/// <summary>What every mask policy promises.</summary>
public sealed class MaskPolicyConformanceTests : IDisposable
{
    private const int Cases = 25;
    private readonly Files _files = new();

    public static TheoryData<string> Names => new(MaskPolicies.Registry.All.Select(p => p.Info.Name));

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_soup_is_zero_where_its_mask_prunes_and_keeps_nothing_that_no_member_kept(string policy) =>
        await Cuts.SampleAsync(
            async (model, sparsity, seeds) =>
            {
                var candidates = Candidates(model, sparsity, seeds);
                var (checkpoint, mask) = await CookAsync(policy, sparsity, candidates);
                using var soup = StateDict.Open(checkpoint);
                ZeroCheck.Violations(soup, mask).ShouldBeEmpty();
                mask.IsSubsetOf(candidates.Select(c => c.Mask!).Aggregate((a, b) => a.Union(b))).ShouldBeTrue();
            },
            iter: Cases,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_order_of_the_candidates_changes_no_byte(string policy) =>
        await Cuts.SampleAsync(
            async (model, sparsity, seeds) =>
            {
                var candidates = Candidates(model, sparsity, seeds);
                var forwards = await CookAsync(policy, sparsity, candidates);
                var backwards = await CookAsync(policy, sparsity, [.. candidates.Reverse()]);
                File.ReadAllBytes(backwards.Checkpoint).ShouldBe(File.ReadAllBytes(forwards.Checkpoint));
                backwards.Mask.Digest.ShouldBe(forwards.Mask.Digest);
            },
            iter: Cases,
            threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Networks_that_are_equal_under_one_mask_give_that_network_and_that_mask(string policy) =>
        await Cuts.SampleAsync(
            async (model, sparsity, seeds) =>
            {
                var candidates = Candidates(model, sparsity, [.. seeds.Select(_ => seeds[0])]);
                var (checkpoint, mask) = await CookAsync(policy, sparsity, candidates);
                File.ReadAllBytes(checkpoint).ShouldBe(File.ReadAllBytes(candidates[0].Path));
                mask.Digest.ShouldBe(candidates[0].Mask!.Digest);
            },
            iter: Cases,
            threads: 1);

    private static Gen<(TestModel Model, double Sparsity, long[] Seeds)> Cuts { get; } =
        from model in TestModel.Any
        from sparsity in Gen.Double[0, 0.4]
        from seeds in Gen.Long.Array[1, 4]
        select (model, sparsity, seeds);

    /// <summary>One network cut at random, each time by another draw.</summary>
    private CandidateFile[] Candidates(TestModel model, double sparsity, long[] seeds)
    {
        var dense = model.Save(_files);
        return [.. seeds.Select(seed => PruneCase.Run(
                _files, dense, new PruneRequest { Method = MethodSpec.Of(RandomPruner.Name), Sparsity = sparsity, Seed = seed }))
            .Select(cut => new CandidateFile(cut.Checkpoint, 0.5, cut.Mask))];
    }

    private async Task<(string Checkpoint, SparsityMask Mask)> CookAsync(string policy, double sparsity, CandidateFile[] candidates)
    {
        var (output, mask) = (_files.NewPath(), _files.NewPath("mask"));
        var request = new SoupRequest { Candidates = candidates, MaskPolicy = policy, Recut = new PruneRequest { Sparsity = sparsity }, LinePoints = 0 };
        await SoupOperation.CookAsync(
            request, (_, _) => Task.FromResult(new SoupScore(0.5, 1)), output, mask, TestContext.Current.CancellationToken);
        return (output, SparsityMask.Load(mask));
    }
}
