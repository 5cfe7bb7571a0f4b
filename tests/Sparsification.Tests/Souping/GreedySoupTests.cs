using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class GreedySoupTests
{
    private static readonly CandidateFile[] Candidates = [new("a", 0.7), new("b", 0.9), new("c", 0.8), new("d", 0.8)];

    [Fact]
    public async Task Candidates_are_tried_best_first_and_stay_when_accuracy_does_not_fall()
    {
        // b starts; with c it falls; with d instead of c it is as good, which counts; with a on top it rises.
        var scores = new Dictionary<string, double> { ["1"] = 0.90, ["1,2"] = 0.89, ["1,3"] = 0.90, ["1,3,0"] = 0.91 };
        var trials = new List<string>();

        var mix = await new GreedySoup().ChooseAsync(Context(new GreedySoup(), Candidates, Score), TestContext.Current.CancellationToken);

        mix.Members.ShouldBe([1, 3, 0]);
        mix.Weights.ShouldBeNull();
        mix.Merge.ShouldBeNull();
        trials.ShouldBe(["1", "1,2", "1,3", "1,3,0"]);

        Task<SoupScore> Score(IReadOnlyList<int> tried, CancellationToken cancellationToken)
        {
            trials.Add(string.Join(',', tried));
            return Task.FromResult(new SoupScore(scores[trials[^1]], 1));
        }
    }

    [Fact]
    public async Task The_best_candidate_stays_alone_when_every_addition_harms() =>
        (await new GreedySoup().ChooseAsync(
            Context(new GreedySoup(), Candidates, (tried, _) => Task.FromResult(new SoupScore(-tried.Count, 1))), TestContext.Current.CancellationToken)).Members.ShouldBe([1]);

    [Fact]
    public async Task Without_a_soup_the_best_candidate_passes_the_first_among_equals()
    {
        CandidateFile[] tied = [new("a", 0.7), new("b", 0.9), new("c", 0.9)];

        (await new NoSoup().ChooseAsync(Context(new NoSoup(), tied, (_, _) => throw new InvalidOperationException()), TestContext.Current.CancellationToken)).Members.ShouldBe([1]);
    }

    [Fact]
    public async Task Of_a_measure_whose_smaller_values_are_better_the_smallest_comes_first_and_nothing_may_raise_it()
    {
        // Perplexities: d starts at 10; with b it falls; with a instead it rises; with c it stays.
        CandidateFile[] candidates = [new("a", 14), new("b", 12), new("c", 20), new("d", 11)];
        var scores = new Dictionary<string, double> { ["3"] = 10, ["3,1"] = 9, ["3,1,0"] = 9.5, ["3,1,2"] = 9 };

        var mix = await new GreedySoup().ChooseAsync(
            Context(new GreedySoup(), candidates, (tried, _) => Task.FromResult(new SoupScore(scores[string.Join(',', tried)], 1)), Perplexity), TestContext.Current.CancellationToken);

        mix.Members.ShouldBe([3, 1, 2]);
        (await new NoSoup().ChooseAsync(
            Context(new NoSoup(), candidates, (_, _) => throw new InvalidOperationException(), Perplexity), TestContext.Current.CancellationToken)).Members.ShouldBe([3]);
    }

    private static MeasureInfo Perplexity { get; } = new("perplexity", "perplexity", FigureInfo.Real, HigherIsBetter: false);

    private static SoupContext Context(ISoup soup, CandidateFile[] candidates, Func<IReadOnlyList<int>, CancellationToken, Task<SoupScore>> score, MeasureInfo? measure = null) => new()
    {
        Method = MethodSpec.Of(soup.Info.Name),
        Info = soup.Info,
        Candidates = candidates,
        Measure = measure ?? MeasureInfo.Accuracy,
        Score = score,
    };
}
