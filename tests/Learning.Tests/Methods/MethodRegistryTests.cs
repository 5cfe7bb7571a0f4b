using SparsePipeline.Contracts;
using SparsePipeline.Learning.Methods;
using SparsePipeline.Learning.Schedules.Training;

namespace SparsePipeline.Learning.Tests.Methods;

public sealed class MethodRegistryTests
{
    [Fact]
    public void A_name_registered_twice_is_refused_at_start() =>
        Should.Throw<ArgumentException>(() => new MethodRegistry<ITrainingSchedule>("learning-rate", [new LinearSchedule(), new LinearSchedule()]));

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var failure = Should.Throw<DomainException>(() => TrainingSchedules.Registry.Find("lineal")).Failure;

        failure.Reason.ShouldBe("Unknown learning-rate 'lineal'.");
        failure.Remedy.ShouldBe("Choose one of: constant, cosine, linear, step.");
    }
}
