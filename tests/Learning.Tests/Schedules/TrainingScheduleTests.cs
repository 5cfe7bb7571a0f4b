using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Schedules;

namespace SparsePipeline.Learning.Tests.Schedules;

public sealed class TrainingScheduleTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Constant_stays_at_the_peak() => Rates("constant", 4).ShouldBe([0.8, 0.8, 0.8, 0.8]);

    [Fact]
    public void Linear_reaches_zero_just_after_the_last_iteration() => Rates("linear", 4).ShouldBe([0.8, 0.6, 0.4, 0.2], Tolerance);

    [Fact]
    public void Step_drops_at_half_and_three_quarters() => Rates("step", 4).ShouldBe([0.8, 0.8, 0.08, 0.008], Tolerance);

    [Fact]
    public void Step_takes_its_own_milestones_and_factor() =>
        Rates("step", 5, ("milestones", new[] { 40 }), ("factor", 0.5)).ShouldBe([0.8, 0.8, 0.4, 0.4, 0.4], Tolerance);

    /// <summary>½(1 + cos(πi/4)): 1, 0.8535…, 0.5, 0.1464….</summary>
    [Fact]
    public void Cosine_is_half_a_period() =>
        Rates("cosine", 4).ShouldBe([0.8, 0.8 * (2 + Math.Sqrt(2)) / 4, 0.4, 0.8 * (2 - Math.Sqrt(2)) / 4], Tolerance);

    /// <summary>Two of six iterations warm up along ½(1 − cos(π/3)) = 1/4 and ½(1 − cos(2π/3)) = 3/4; then linear over four.</summary>
    [Fact]
    public void Warm_up_rises_along_a_cosine_before_the_schedule_starts_at_its_peak()
    {
        var plan = Plan("linear", 6, ("warmup", 0.34));

        plan.WarmupIterations.ShouldBe(2);
        plan.Rates.ShouldBe([0.2, 0.6, 0.8, 0.6, 0.4, 0.2], Tolerance);
    }

    [Fact]
    public void A_training_without_a_peak_is_refused() =>
        Should.Throw<DomainException>(() => LearningRatePlanner.Plan(Trainings.Spec with { PeakLearningRate = null }, null, 2))
            .Failure.Reason.ShouldBe("Schedule 'linear' has no peakLearningRate.");

    [Fact]
    public void More_iterations_than_can_be_counted_are_refused() =>
        Should.Throw<DomainException>(() => LearningRatePlanner.Plan(Trainings.Spec with { Epochs = 100_000 }, null, iterationsPerEpoch: 60_000))
            .Failure.Reason.ShouldBe("The training has 100000 epochs of 60000 iterations, more than 10000000 in all.");

    [Fact]
    public void An_unknown_schedule_is_answered_with_the_known_ones_of_both_axes()
    {
        var failure = Should.Throw<DomainException>(() => Rates("lineal", 4)).Failure;

        failure.Code.ShouldBe(FailureCodes.UnknownMethod);
        failure.Remedy.ShouldBe("Choose one of: ALLR, CLR, FT, LLR, LRW, SLR, constant, cosine, linear, step.");
    }

    private static double[] Rates(string name, int iterations, params (string Name, object Value)[] options) => Plan(name, iterations, options).Rates;

    private static LearningRatePlan Plan(string name, int iterations, params (string Name, object Value)[] options)
    {
        var values = new MethodOptions();
        foreach (var (option, value) in options)
            values[option] = JsonSerializer.SerializeToElement(value);
        var schedule = new MethodSpec { Name = name, Options = values };
        return LearningRatePlanner.Plan(Trainings.Spec with { Schedule = schedule, Epochs = iterations, PeakLearningRate = 0.8 }, null, iterationsPerEpoch: 1);
    }
}
