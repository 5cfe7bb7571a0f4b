using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class FisherSoupTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>
    /// Of four examples the squares 12 and 4 are F = 3 and 1: (3·4 + 1·8) / 4 = 5. Equal squares give the mean, none of one member gives the other's number nearly, none of
    /// any gives the mean by the floor, and what the mask prunes stays 0.
    /// </summary>
    [Fact]
    public async Task Every_number_is_weighed_by_the_squared_gradients_of_its_member()
    {
        var output = _files.NewPath();

        await CookAsync(output, Candidate([4, 4, 4, 4, 0], [12, 4, 4, 0, 9]), Candidate([8, 8, 8, 8, 0], [4, 4, 0, 0, 1]));

        var merged = Files.Read(output, "a.weight");
        merged[..2].ShouldBe([5, 6]);
        merged[2].ShouldBe(4, 1e-5f);
        merged[3..].ShouldBe([6, 0]);
    }

    [Fact]
    public async Task Squares_are_means_over_the_examples_of_each_member()
    {
        var output = _files.NewPath();

        // 12 of 4 examples and 12 of 12: F = 3 and 1 again.
        await CookAsync(output, Candidate([4, 0, 0, 0, 0], [12, 1, 1, 1, 1], examples: 4), Candidate([8, 0, 0, 0, 0], [12, 1, 1, 1, 1], examples: 12));

        Files.Read(output, "a.weight")[0].ShouldBe(5);
    }

    [Fact]
    public async Task Networks_without_gradients_are_refused()
    {
        var bare = Candidate([1, 1, 1, 1, 0], [1, 1, 1, 1, 1]) with { Statistics = null };

        (await Should.ThrowAsync<DomainException>(() => CookAsync(_files.NewPath(), bare, bare))).Failure.Reason.ShouldBe("The soup 'fisher' goes by gradients of every network, and there are none.");
    }

    private CandidateFile Candidate(float[] weights, double[] squares, long examples = 4) =>
        new(_files.Write(("a.weight", [1, 5], weights)), 0.5) { Statistics = MadeGradients.Write(_files, examples, ("a.weight", squares)) };

    private Task CookAsync(string output, params CandidateFile[] candidates) => SoupOperation.CookAsync(
        new SoupRequest { Method = MethodSpec.Of(FisherSoup.Name), Candidates = candidates, Mask = Masks.Of(("a.weight", [1, 5], "11110")), LinePoints = 0 },
        (_, _) => Task.FromResult(new SoupScore(0.5, 1)),
        output,
        _files.NewPath("mask"),
        TestContext.Current.CancellationToken);
}
