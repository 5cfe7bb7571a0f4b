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
        failure.Reason.ShouldBe("Candidate 1 has 0.5 in 'a.weight' at flat index 3, which the mask prunes.");
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

        var report = await SoupOperation.CookAsync(request, Scorer, output, TestContext.Current.CancellationToken);

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
