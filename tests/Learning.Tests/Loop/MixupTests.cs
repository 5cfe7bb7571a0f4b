using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class MixupTests
{
    [Fact]
    public void Alpha_0_mixes_nothing() => Mixup.ForEpoch(Trainings.Spec, 0).ShouldBeNull();

    [Fact]
    public void Partners_are_a_permutation_and_shares_lie_between_0_and_1() =>
        Gen.Select(Gen.Int[1, 64], Gen.Double[1e-6, 100], Gen.Long[0, long.MaxValue], Gen.Int[0, 100]).Sample((examples, alpha, seed, epoch) =>
        {
            var mixture = Mixup.ForEpoch(Trainings.Spec with { Mixup = alpha, Seed = seed }, epoch)!.Next(examples);

            mixture.Share.ShouldBeInRange(0, 1);
            mixture.Partners.Order().ShouldBe(Enumerable.Range(0, examples).Select(i => (long)i));
        });

    [Fact]
    public void An_epoch_has_the_same_mixtures_whenever_it_is_asked_for_and_another_epoch_has_others()
    {
        var spec = Trainings.Spec with { Mixup = 0.4 };

        Mixup.ForEpoch(spec, 3)!.Next(8).Share.ShouldBe(Mixup.ForEpoch(spec, 3)!.Next(8).Share);
        Mixup.ForEpoch(spec, 4)!.Next(8).Share.ShouldNotBe(Mixup.ForEpoch(spec, 3)!.Next(8).Share);
    }

    /// <summary>Beta(α, α) has mean ½ and variance 1 / (4(2α + 1)); 20,000 numbers of a fixed seed.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(8)]
    public void The_numbers_have_the_mean_and_the_variance_of_the_distribution(double alpha)
    {
        var random = new SeededRandom(1);
        var numbers = Enumerable.Range(0, 20_000).Select(_ => BetaDistribution.Draw(alpha, random)).ToList();

        numbers.Average().ShouldBe(0.5, 0.01);
        numbers.Average(n => (n - 0.5) * (n - 0.5)).ShouldBe(1 / (4 * (2 * alpha + 1)), 0.005);
    }

    [Fact]
    public void Text_cannot_be_mixed() =>
        Should.Throw<DomainException>(() => TrainSpecCheck.Run(Trainings.Spec with { Mixup = 0.2 }, Trainings.Data with { Training = new(InputShape.Text(2), [1, 2], [2, 1]) }))
            .Failure.Reason.ShouldContain("mixup 0.2 of text, which cannot be mixed");
}
