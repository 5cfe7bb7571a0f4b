using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class ModelStockSoupTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_share_of_the_mean_follows_from_the_angle_at_the_anchor()
    {
        // d₁ = (1, 0), d₂ = (1, 1): c = 1/√2, t = 2c / (1 + c) = 0.82843, w = t · (1, 0.5).
        var (weights, figures) = await MergeAsync([0, 0], [1, 0], [1, 1]);

        weights.ShouldBe([0.828427f, 0.414214f], 1e-6);
        figures.ShouldHaveSingleItem().Figures["t"].ShouldBe(0.82842712, 1e-8);
        figures[0].Figures["clamped"].ShouldBe(0);
    }

    [Fact]
    public async Task Changes_at_a_right_angle_leave_the_anchor() =>
        (await MergeAsync([5, 7], [6, 7], [5, 9])).Weights.ShouldBe([5, 7]);

    [Fact]
    public async Task Changes_against_each_other_are_clamped_to_the_anchor_and_counted()
    {
        var (weights, figures) = await MergeAsync([1, 1], [2, 1], [0, 1], [0, 1.5f]);

        weights.ShouldBe([1, 1]);
        figures[0].Figures["clamped"].ShouldBe(1);
    }

    [Fact]
    public async Task A_tensor_that_nobody_changed_stays() =>
        (await MergeAsync([3, -2], [3, -2], [3, -2])).Weights.ShouldBe([3, -2]);

    [Fact]
    public async Task Rows_have_shares_of_their_own_where_the_option_says_so()
    {
        // The first row as above, the second at a right angle.
        var (weights, _) = await MergeCase.RunAsync(
            _files, MergeCase.Method(ModelStockSoup.Name, ("rowwise", true)), [2, 2], [0, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 1]);

        weights.ShouldBe([0.828427f, 0.414214f, 0, 0], 1e-6);
    }

    [Fact]
    public async Task Statistics_of_norms_are_averaged()
    {
        string[] members = [.. new float[] { 1, 3 }.Select(v => _files.Write(("bn.running_mean", [1], [v]), ("w", [2], [v, 0])))];
        var (anchor, output) = (_files.Write(("bn.running_mean", [1], [100]), ("w", [2], [0, 0])), _files.NewPath());

        await SoupOperation.MergeAsync(MethodSpec.Of(ModelStockSoup.Name), members, anchor, null, new CheckpointTarget(output), TestContext.Current.CancellationToken);

        Files.Read(output, "bn.running_mean").ShouldBe([2]);
        Files.Read(output, "w").ShouldBe([2, 0]);
    }

    [Fact]
    public async Task Without_an_anchor_it_is_refused()
    {
        var failure = (await Should.ThrowAsync<DomainException>(() => MergeCase.RunAsync(_files, MethodSpec.Of(ModelStockSoup.Name), [1], null, [1], [2]))).Failure;

        failure.Reason.ShouldBe("The soup 'model-stock' measures its members from an anchor, and there is none.");
        failure.Remedy.ShouldContain("--anchor");
    }

    [Fact]
    public async Task An_anchor_that_is_not_zero_under_the_mask_is_named()
    {
        var mask = Masks.Of(("w", [1, 2], "10"));
        string[] members = [_files.Write(("w", [1, 2], [1, 0])), _files.Write(("w", [1, 2], [2, 0]))];

        var failure = (await Should.ThrowAsync<DomainException>(() => SoupOperation.MergeAsync(
            MethodSpec.Of(ModelStockSoup.Name),
            members,
            _files.Write(("w", [1, 2], [1, 0.5f])),
            mask,
            new CheckpointTarget(_files.NewPath()),
            TestContext.Current.CancellationToken))).Failure;

        failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        failure.Reason.ShouldContain("has 0.5 in 'w' at flat index 1, which the mask prunes");
    }

    private Task<(float[] Weights, IReadOnlyList<MergedTensor> Figures)> MergeAsync(float[] anchor, params float[][] members) =>
        MergeCase.RunAsync(_files, MethodSpec.Of(ModelStockSoup.Name), [anchor.Length], anchor, members);
}
