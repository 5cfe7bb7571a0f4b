using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class SoftVoteTests
{
    [Fact]
    public void Two_networks_vote_with_the_mean_of_their_probabilities()
    {
        // (0.5, 0.3, 0.2) and (0.1, 0.3, 0.6) mean (0.3, 0.3, 0.4): class 2, although the first network says 0.
        float[] vote = SoftVote.Of([Logarithms(0.5, 0.3, 0.2), Logarithms(0.1, 0.3, 0.6)]);

        vote.Select(v => Math.Exp(v)).Zip([0.3, 0.3, 0.4]).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-6);
        var report = ClassificationMetrics.Of(vote, [2], classes: 3);
        report.Accuracy.ShouldBe(1);
        report.Loss.ShouldBe(-Math.Log(0.4), 1e-6);
    }

    [Fact]
    public void One_network_has_the_only_word()
    {
        float[] alone = Logarithms(0.5, 0.3, 0.2);

        SoftVote.Of([alone]).ShouldBeSameAs(alone);
    }

    [Fact]
    public void Probabilities_too_small_for_any_number_still_have_a_mean() =>
        SoftVote.Of([[-2000f], [-2001f]])[0].ShouldBe(-2000 + (float)Math.Log((1 + Math.Exp(-1)) / 2), 1e-3f);

    [Fact]
    public void What_is_impossible_to_all_stays_impossible_and_what_is_no_number_stays_none()
    {
        SoftVote.Of([[float.NegativeInfinity], [float.NegativeInfinity]]).ShouldBe([float.NegativeInfinity]);
        SoftVote.Of([[float.NaN], [-1f]])[0].ShouldBe(float.NaN);
    }

    private static float[] Logarithms(params double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p))];
}
