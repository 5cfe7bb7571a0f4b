using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class MeasuredExamplesTests
{
    private static readonly DataSplits Digits = DataSets.Load(new DataSpec { Name = "digits" });

    [Fact]
    public void As_many_as_asked_for_are_taken_of_the_test_split_and_of_each_shift_and_always_the_same()
    {
        var (first, second) = (MeasuredExamples.Of(Digits, Spec(100)), MeasuredExamples.Of(Digits, Spec(100)));

        first.Test.Count.ShouldBe(100);
        first.Shifts.Values.ShouldAllBe(s => s.Count == 100);
        second.Test.Labels.ShouldBe(first.Test.Labels);
        first.Test.Labels.Distinct().Count().ShouldBe(10, "a hundred drawn at random have every digit");
        (first.Validation, first.Training).ShouldBe((Digits.Validation, Digits.Training));
    }

    [Fact]
    public void More_than_there_are_is_all_and_so_is_nothing_said()
    {
        MeasuredExamples.Of(Digits, Spec(1_000_000)).Test.ShouldBeSameAs(Digits.Test);
        MeasuredExamples.Of(Digits, Spec(null)).ShouldBeSameAs(Digits);
    }

    [Fact]
    public void A_number_below_one_is_refused() =>
        Should.Throw<DomainException>(() => MeasuredExamples.Of(Digits, Spec(0))).Message.ShouldContain("evaluation.examples is 0");

    private static EvaluateSpec Spec(int? examples) => new()
    {
        AlgorithmVersion = EvaluateSpec.CurrentVersion,
        Checkpoint = new ArtifactRef(new string('a', 64), 1, ArtifactFormats.Safetensors),
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Examples = examples,
    };
}
