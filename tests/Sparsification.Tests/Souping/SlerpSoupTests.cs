using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class SlerpSoupTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_middle_of_a_quarter_of_a_circle_keeps_the_radius()
    {
        var (weights, figures) = await MergeCase.RunAsync(_files, MethodSpec.Of(SlerpSoup.Name), [2], null, [2, 0], [0, 2]);

        weights.ShouldBe([1.414214f, 1.414214f], 1e-6);
        figures[0].Figures["cosine"].ShouldBe(0);
    }

    [Fact]
    public async Task Networks_in_one_direction_are_averaged() =>
        (await MergeCase.RunAsync(_files, MethodSpec.Of(SlerpSoup.Name), [2], null, [2, 2], [4, 4])).Weights.ShouldBe([3, 3]);

    [Fact]
    public async Task Three_networks_are_refused()
    {
        var failure = (await Should.ThrowAsync<DomainException>(() => MergeCase.RunAsync(_files, MethodSpec.Of(SlerpSoup.Name), [1], null, [1], [2], [3]))).Failure;

        failure.Reason.ShouldBe("The soup 'slerp' merges at most 2 networks, and there are 3.");
    }
}
