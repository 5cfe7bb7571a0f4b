using SparsePipeline.Contracts;
using SparsePipeline.Learning.Schedules;

namespace SparsePipeline.Learning.Tests.Schedules;

/// <summary>
/// A dense run of five epochs with two iterations each: one iteration of warm-up at 0.001, then down from 0.9 to 0.1.
/// Retrainings of ten iterations have one iteration of warm-up, half the peak.
/// </summary>
public sealed class RetrainingScheduleTests
{
    private const double Tolerance = 1e-12;

    private static readonly TrainReport Dense = new()
    {
        LearningRates = [0.001, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1],
        IterationsPerEpoch = 2,
        WarmupIterations = 1,
        Epochs = [],
    };

    [Fact]
    public void FT_stays_at_the_smallest_rate_after_the_dense_warm_up() => Rates("FT", 3).ShouldBe([0.1, 0.1, 0.1], Tolerance);

    [Fact]
    public void LRW_repeats_the_end_of_the_dense_run() => Rates("LRW", 3).ShouldBe([0.3, 0.2, 0.1], Tolerance);

    [Fact]
    public void LRW_longer_than_the_dense_run_is_refused()
    {
        var failure = Should.Throw<DomainException>(() => Rates("LRW", 11)).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldBe("Retraining schedule LRW rewinds 11 iterations, but the dense run has only 10.");
    }

    [Fact]
    public void SLR_compresses_the_dense_run_without_its_warm_up() =>
        Rates("SLR", 4).ShouldBe([0.9, 0.7, 0.5, 0.3], Tolerance);

    [Fact]
    public void SLR_warms_up_only_once() =>
        Rates("SLR", 10).ShouldBe([0.45, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], Tolerance);

    /// <summary>0.1 + 0.8 · ½(1 + cos(πi/4)).</summary>
    [Fact]
    public void CLR_goes_from_the_largest_to_the_smallest_rate_along_a_cosine() =>
        Rates("CLR", 4).ShouldBe([0.9, 0.1 + 0.2 * (2 + Math.Sqrt(2)), 0.5, 0.1 + 0.2 * (2 - Math.Sqrt(2))], Tolerance);

    [Fact]
    public void LLR_goes_from_the_largest_rate_to_zero() => Rates("LLR", 3).ShouldBe([0.9, 0.6, 0.3], Tolerance);

    [Fact]
    public void LLR_warms_up_over_a_tenth() => Rates("LLR", 10).ShouldBe([0.45, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], Tolerance);

    [Fact]
    public void LLR_takes_a_peak_set_by_hand() => Rates("LLR", 3, peak: 0.3).ShouldBe([0.3, 0.2, 0.1], Tolerance);

    /// <summary>0.9 · 0.4/√0.64 = 0.45, above the floor 0.9 · min(1/5, 1) = 0.18.</summary>
    [Fact]
    public void ALLR_takes_its_peak_from_the_norm_drop() => Rates("ALLR", 2, drop: 0.4, fraction: 0.64).ShouldBe([0.45, 0.225], Tolerance);

    [Fact]
    public void ALLR_is_at_least_as_high_as_the_share_of_retraining() => Rates("ALLR", 2, drop: 0.01, fraction: 0.64).ShouldBe([0.18, 0.09], Tolerance);

    [Fact]
    public void ALLR_is_at_most_the_largest_rate() => Rates("ALLR", 2, drop: 0.9, fraction: 0.25).ShouldBe([0.9, 0.45], Tolerance);

    [Fact]
    public void ALLR_without_a_cut_before_it_is_refused() =>
        Should.Throw<DomainException>(() => Rates("ALLR", 2)).Failure.Reason.ShouldContain("normDrop");

    [Theory]
    [InlineData("LRW")]
    [InlineData("SLR")]
    [InlineData("ALLR")]
    public void A_peak_set_by_hand_is_refused_where_it_has_no_meaning(string schedule) =>
        Should.Throw<DomainException>(() => Rates(schedule, 2, peak: 0.3, drop: 0.5, fraction: 0.5))
            .Failure.Reason.ShouldBe($"Retraining schedule '{schedule}' takes no peakLearningRate.");

    [Theory]
    [InlineData("LLR", new[] { 0.3, 0.0 })]
    [InlineData("FT", new[] { 0.3, 0.3 })]
    [InlineData("CLR", new[] { 0.3, 0.0 })]
    public void A_peak_set_by_hand_needs_no_dense_report(string schedule, double[] ends)
    {
        var rates = LearningRatePlanner.Plan(Spec(schedule, 30) with { PeakLearningRate = 0.3 }, dense: null, iterationsPerEpoch: 2).Rates;

        (rates.Max(), rates[^1]).ShouldBe((ends[0], rates[^1]));
        rates[^1].ShouldBe(ends[1], 0.01);
    }

    [Fact]
    public void A_retraining_without_the_dense_report_is_refused() =>
        Should.Throw<DomainException>(() => LearningRatePlanner.Plan(Spec("LLR", 2), dense: null, iterationsPerEpoch: 2))
            .Failure.Reason.ShouldBe("Retraining schedule 'LLR' has no denseReport.");

    /// <summary>An even number of iterations comes as epochs of two, an odd one as epochs of one.</summary>
    private static double[] Rates(string name, int iterations, double? peak = null, double? drop = null, double? fraction = null)
    {
        var perEpoch = iterations % 2 == 0 ? 2 : 1;
        var spec = Spec(name, iterations / perEpoch) with { PeakLearningRate = peak, NormDrop = drop, PrunedFraction = fraction };
        return LearningRatePlanner.Plan(spec, Dense, perEpoch).Rates;
    }

    private static TrainSpec Spec(string name, int epochs) =>
        Trainings.Spec with { Schedule = MethodSpec.Of(name), Epochs = epochs, PeakLearningRate = null };
}
