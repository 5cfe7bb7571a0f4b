using System.Text.Json;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class SoupOperationTests : IDisposable
{
    private static readonly SparsityMask Mask = Masks.Of(("a.weight", [2, 2], "1010"));
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_uniform_mean_is_taken_of_every_floating_point_tensor()
    {
        var output = _files.NewPath();

        SoupOperation.Merge([Candidate(1, 0, 4, 0, 2), Candidate(2, 0, 5, 0, 6), Candidate(6, 0, -3, 0, 1)], Mask, output);

        Files.Read(output, "a.weight").ShouldBe([3, 0, 2, 0]);
        Files.Read(output, "a.bias").ShouldBe([3]);
    }

    [Fact]
    public void Weights_make_another_convex_combination()
    {
        var output = _files.NewPath();

        SoupOperation.Merge([Candidate(1, 0, 4, 0, 2), Candidate(3, 0, 8, 0, 6)], Mask, output, [0.75, 0.25]);

        Files.Read(output, "a.weight").ShouldBe([1.5f, 0, 5, 0]);
        Files.Read(output, "a.bias").ShouldBe([3]);
    }

    [Fact]
    public void A_candidate_that_is_not_zero_under_the_mask_is_named()
    {
        var failure = Should.Throw<DomainException>(
            () => SoupOperation.Merge([Candidate(1, 0, 4, 0, 2), Candidate(1, 0, 4, 0.5f, 2)], Mask, _files.NewPath())).Failure;

        failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        failure.Reason.ShouldEndWith("/1.safetensors has 0.5 in 'a.weight' at flat index 3, which the mask prunes.");
    }

    [Fact]
    public async Task A_weighted_soup_is_averaged_with_its_weights_divided_by_their_sum_and_says_so()
    {
        var output = _files.NewPath();
        var request = new SoupRequest
        {
            Method = Weighted(3, 1),
            Candidates = [new(Candidate(1, 0, 4, 0, 2), 0.8), new(Candidate(3, 0, 8, 0, 6), 0.9)],
            Mask = Mask,
        };

        var report = await SoupOperation.CookAsync(request, Scorer, output, _files.NewPath("mask"), TestContext.Current.CancellationToken);

        Files.Read(output, "a.weight").ShouldBe([1.5f, 0, 5, 0]);
        report.Members.ShouldBe([0, 1]);
        report.Weights.ShouldBe([0.75, 0.25]);
    }

    [Theory]
    [InlineData("[]", "there are 0 for 2 candidates.")]
    [InlineData("[1, 2, 3]", "there are 3 for 2 candidates.")]
    [InlineData("[1, -1]", "'weights' is [1, -1], but must lie in [0, ∞].")]
    [InlineData("[0, 0]", "they add up to 0.")]
    [InlineData("[1e308, 1e308]", "they add up to more than a number can hold.")]
    [InlineData("0.5", "'weights' is 0.5, but must be a list of numbers.")]
    [InlineData("[\"a\", 1]", "'weights' is [\"a\", 1], but must be a list of numbers.")]
    public async Task Weights_that_do_not_fit_the_candidates_are_refused(string weights, string reason)
    {
        var request = new SoupRequest
        {
            Method = new MethodSpec
            {
                Name = WeightedSoup.Name,
                Options = new MethodOptions { [WeightedSoup.Option] = JsonSerializer.Deserialize<JsonElement>(weights) },
            },
            Candidates = [new(Candidate(1, 0, 4, 0, 2), 0.8), new(Candidate(3, 0, 8, 0, 6), 0.9)],
        };

        var failure = (await Should.ThrowAsync<DomainException>(
            () => SoupOperation.CookAsync(request, Scorer, _files.NewPath(), _files.NewPath("mask"), TestContext.Current.CancellationToken))).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldEndWith(reason);
        failure.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_cooked_soup_is_recalibrated_reported_and_leaves_no_trials_behind()
    {
        var output = _files.NewPath();
        var request = new SoupRequest
        {
            Candidates = [new(Candidate(1, 0, 4, 0, 2), 0.8), new(Candidate(3, 0, 4, 0, 2), 0.9)],
            Mask = Mask,
        };

        var report = await SoupOperation.CookAsync(request, Scorer, output, _files.NewPath("mask"), TestContext.Current.CancellationToken);

        report.Members.ShouldBe([0, 1]);
        report.Distances[0][1].ShouldBe(2);
        report.Angles[0][1].ShouldBe(180, 1e-9);
        report.ValidationAccuracy.ShouldBe(0.95);
        var line = report.LossLines.ShouldHaveSingleItem();
        line.Positions.ShouldBe([0, 0.25, 0.5, 0.75, 1]);
        line.Losses.ShouldBe([1, 1.5, 2, 2.5, 3]);
        line.Barrier.ShouldBe(0);
        report.Verdict.ShouldBe("The soup of 2 of 2 candidates has validation accuracy 95.00 %: better than the best candidate (90.00 %) and their mean (85.00 %).");
        Files.Read(output, "a.bias").ShouldBe([-1]);
        Directory.GetFiles(_files.Folder).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Two_soups_that_are_cooked_for_one_output_at_once_share_no_trial()
    {
        var (output, scoring, other) = (_files.NewPath(), new TaskCompletionSource(), new TaskCompletionSource());
        var seen = new List<float>();
        var first = Task.Run(() => SoupOperation.CookAsync(Of(Candidate(1, 0, 4, 0, 2), Candidate(3, 0, 4, 0, 2)), Slow, output, _files.NewPath("mask"), TestContext.Current.CancellationToken));
        await scoring.Task.WaitAsync(TestContext.Current.CancellationToken);

        await SoupOperation.CookAsync(Of(Candidate(10, 0, 4, 0, 2), Candidate(30, 0, 4, 0, 2)), Scorer, output, _files.NewPath("mask-2"), TestContext.Current.CancellationToken);
        Files.Read(output, "a.weight")[0].ShouldBe(20);
        other.SetResult();
        await first;

        seen[0].ShouldBe(2, "the mean of its own candidates");
        Files.Read(output, "a.weight")[0].ShouldBe(2);
        Directory.GetFileSystemEntries(_files.Folder, ".*").ShouldBeEmpty();

        async Task<SoupScore> Slow(SoupTrial trial, CancellationToken cancellationToken)
        {
            scoring.TrySetResult();
            await other.Task.WaitAsync(cancellationToken);
            seen.Add(Files.Read(trial.Checkpoint, "a.weight")[0]);
            return await Scorer(trial, cancellationToken);
        }

        SoupRequest Of(params string[] candidates) => new() { Candidates = [.. candidates.Select(c => new CandidateFile(c, 0.8))], Mask = Mask };
    }

    private static MethodSpec Weighted(params double[] weights) =>
        new() { Name = WeightedSoup.Name, Options = new MethodOptions { [WeightedSoup.Option] = JsonSerializer.SerializeToElement(weights) } };

    private static Task<SoupScore> Scorer(SoupTrial trial, CancellationToken cancellationToken)
    {
        var weights = Files.Read(trial.Checkpoint, "a.weight");
        if (trial.RecalibratedCheckpoint is { } path)
            Save(path, weights, [-1]);
        return Task.FromResult(new SoupScore(0.95, weights[0]));
    }

    private string Candidate(float w0, float w1, float w2, float w3, float bias) => Save(_files.NewPath(), [w0, w1, w2, w3], [bias]);

    private static string Save(string path, float[] weights, float[] bias) =>
        new StateDictBuilder().Floats("a.weight", [2, 2], weights).Floats("a.bias", [1], bias).Save(path);
}
