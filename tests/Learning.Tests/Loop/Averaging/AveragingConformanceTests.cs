using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Averaging;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>What holds for every average over the path of a training.</summary>
public sealed class AveragingConformanceTests
{
    public static TheoryData<string> Names => [.. Averagings.Registry.Infos.Select(i => i.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_average_of_weights_that_do_not_change_is_those_weights_exactly(string name) =>
        Gen.Select(Gen.Float[-1e6f, 1e6f], Gen.Int[1, 40]).Sample(
            (weight, length) => AveragePath.Walk(MethodSpec.Of(name), 1, AveragePath.Of(Enumerable.Repeat(weight, length)))[0].ShouldBe(weight),
            iter: 50);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_average_lies_between_the_smallest_and_the_largest_weight_of_the_path(string name) =>
        Gen.Float[-10, 10].Array[1, 40].Sample(
            path => AveragePath.Walk(MethodSpec.Of(name), 1, AveragePath.Of(path))[0].ShouldBeInRange(path.Min() - 1e-5f, path.Max() + 1e-5f),
            iter: 50);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pruned_weight_stays_exactly_plus_zero(string name) =>
        Gen.Float[-10, 10].Array[1, 40].Sample(
            path => BitConverter.SingleToInt32Bits(AveragePath.Walk(MethodSpec.Of(name), 1, AveragePath.Of(path))[1]).ShouldBe(0),
            iter: 50);

    [Theory]
    [MemberData(nameof(Names))]
    public void An_option_out_of_range_is_refused(string name)
    {
        var option = Averagings.Registry.Find(name).Info.Options[0].Name;

        Should.Throw<DomainException>(() => AveragePath.Rates(MethodSpecs.Of(name, (option, 2)), 1, 0.1)).Failure.Reason.ShouldContain($"'{option}' is 2");
    }
}
