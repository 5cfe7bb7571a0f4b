using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class SoupVerdictTests
{
    private static readonly double[] Triangle = [1, 1, 1];

    [Theory]
    [InlineData(0.95, "better than the best candidate (90.00 %) and their mean (80.00 %).")]
    [InlineData(0.90, "as good as the best candidate, better than or equal to their mean (80.00 %).")]
    [InlineData(0.85, "between the best candidate (90.00 %) and their mean (80.00 %).")]
    public void A_soup_that_pays_is_called_so(double accuracy, string verdict) =>
        Verdict(accuracy, Geometry(Triangle)).ShouldEndWith(verdict);

    [Fact]
    public void A_barrier_is_named_as_the_reason() =>
        Verdict(0.5, Geometry(Triangle), new LossLine(1, 2, [0, 0.5, 1], [1, 3, 1], 2)).ShouldBe(
            "The soup of 3 of 3 candidates has validation accuracy 50.00 %: worse than the best candidate (90.00 %) and their mean (80.00 %). "
            + "Likely reason: a barrier: on the line between candidates 1 and 2 the loss rises by 2 nats, so they lie in different basins; "
            + "retrain with a lower peak learning rate or prune less per cycle.");

    [Fact]
    public void A_candidate_far_from_the_others_is_named() =>
        Verdict(0.5, Geometry([1, 1, 5])).ShouldContain("candidate 2 has left the basin: it is 5 times as far from the barycentre as the median");

    [Fact]
    public void Candidates_that_barely_differ_are_named() =>
        Verdict(0.5, Geometry([1e-6, 1e-6, 1e-6])).ShouldContain("the candidates barely differ (largest distance 0 % of their norm)");

    [Fact]
    public void Missing_candidates_are_named() =>
        Verdict(0.5, Geometry(Triangle), expected: 5).ShouldContain("a small soup, 3 of 5 candidates arrived");

    [Fact]
    public void Without_any_of_the_usual_reasons_noise_is_suspected() =>
        Verdict(0.5, Geometry(Triangle)).ShouldContain("perhaps only the noise of a small validation split");

    [Fact]
    public void One_candidate_alone_is_no_soup() =>
        SoupVerdict.Of(Request([0.7], expected: 5), [0], new SoupScore(0.7, 1), Geometry([0]), [])
            .ShouldBe("Nothing was averaged: there was only one candidate, 1 of 5 candidates arrived.");

    [Fact]
    public void A_single_member_of_several_is_called_so() =>
        SoupVerdict.Of(Request([0.7, 0.9]), [1], new SoupScore(0.9, 1), Geometry([1, 1]), [])
            .ShouldBe("Nothing was averaged: 'uniform' passed on candidate 1 of 2 alone.");

    private static string Verdict(double accuracy, SoupGeometry geometry, LossLine? line = null, int? expected = null) =>
        SoupVerdict.Of(Request([0.7, 0.8, 0.9], expected), [0, 1, 2], new SoupScore(accuracy, 1), geometry, line is null ? [] : [line]);

    private static SoupRequest Request(double[] accuracies, int? expected = null) =>
        new() { Candidates = [.. accuracies.Select(a => new CandidateFile("", a))], Expected = expected };

    /// <summary>Only radii, and distances as long as the largest of them, for networks of norm 10.</summary>
    private static SoupGeometry Geometry(double[] radii) =>
        new([.. radii.Select(_ => 10.0)], [[0, radii.Max()]], [[0, 120]], radii);
}
