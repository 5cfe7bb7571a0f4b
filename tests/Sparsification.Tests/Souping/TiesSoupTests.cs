using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class TiesSoupTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_largest_changes_elect_a_sign_and_those_of_that_sign_are_averaged()
    {
        // The two largest changes of each: (0, −2, 0, 3), (2, 0, −3, 0), (−1, −4, 0, 0). Signs +, −, −, +: 2, (−2 − 4)/2, −3, 3.
        var weights = await MergeAsync([0, 0, 0, 0], 0.5, 1, [1, -2, 0.1f, 3], [2, 1, -3, 0.5f], [-1, -4, 0.2f, 0.3f]);

        weights.ShouldBe([2, -3, -3, 3]);
    }

    [Fact]
    public async Task The_merged_change_is_scaled_and_added_to_the_anchor() =>
        (await MergeAsync([10, 10, 10, 10], 0.5, 0.5, [11, 8, 10.125f, 13], [12, 11, 7, 10.5f], [9, 6, 10.25f, 10.375f])).ShouldBe([11, 8.5f, 8.5f, 11.5f]);

    [Fact]
    public async Task Of_equal_changes_those_of_lower_flat_index_count() =>
        (await MergeAsync([0, 0, 0, 0], 0.5, 1, [1, -1, 1, 1])).ShouldBe([1, -1, 0, 0]);

    [Fact]
    public async Task Changes_that_cancel_leave_the_anchor() =>
        (await MergeAsync([4], 1, 1, [6], [2])).ShouldBe([4]);

    [Fact]
    public async Task What_the_mask_prunes_is_no_part_of_the_share()
    {
        // Of four weights that are kept a half counts, which is two: a half of all eight would be all four.
        var mask = Masks.Of(("w", [2, 4], "1010 1010"));
        var (member, anchor) = (_files.Write(("w", [2, 4], [1, 0, 4, 0, 3, 0, 2, 0])), _files.Write(("w", [2, 4], new float[8])));
        var output = _files.NewPath();

        await SoupOperation.MergeAsync(
            MergeCase.Method(TiesSoup.Name, ("density", 0.5)), [member, member], anchor, mask, new CheckpointTarget(output), TestContext.Current.CancellationToken);

        Files.Read(output, "w").ShouldBe([0, 0, 4, 0, 3, 0, 0, 0]);
    }

    private async Task<float[]> MergeAsync(float[] anchor, double density, double scale, params float[][] members) =>
        (await MergeCase.RunAsync(_files, MergeCase.Method(TiesSoup.Name, ("density", density), ("scale", scale)), [anchor.Length], anchor, members)).Weights;
}
