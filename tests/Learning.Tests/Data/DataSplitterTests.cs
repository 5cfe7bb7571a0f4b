using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class DataSplitterTests
{
    [Fact]
    public void Every_example_is_in_training_or_validation_and_the_split_repeats() =>
        Gen.Select(Gen.Int[4, 250], Gen.Double[0.2, 0.5], Gen.Long).Sample((count, share, seed) =>
        {
            var spec = new DataSpec { Name = "digits", Validation = share, SplitSeed = seed };
            var splits = DataSplitter.Split(Raw(count), spec);

            Labels(splits.Training).Concat(Labels(splits.Validation)).Order().ShouldBe(Enumerable.Range(0, count).Select(i => (byte)i));
            splits.Validation.Count.ShouldBe((int)Math.Round(count * share));
            Labels(DataSplitter.Split(Raw(count), spec).Training).ShouldBe(Labels(splits.Training));
        });

    [Fact]
    public void A_limit_takes_the_first_training_examples_and_leaves_validation_alone()
    {
        var spec = new DataSpec { Name = "digits", Validation = 0.2 };
        var all = DataSplitter.Split(Raw(100), spec);
        var limited = DataSplitter.Split(Raw(100), spec with { Limit = 10 });

        Labels(limited.Training).ShouldBe(Labels(all.Training).Take(10));
        Labels(limited.Validation).ShouldBe(Labels(all.Validation));
    }

    [Fact]
    public void A_group_is_never_divided_and_validation_is_at_least_its_share() =>
        Gen.Select(Gen.Int[40, 250], Gen.Double[0.05, 0.3], Gen.Long).Sample((count, share, seed) =>
        {
            var raw = Raw(count) with { TrainingGroups = [.. Enumerable.Range(0, count).Select(i => i % 10)] };
            var splits = DataSplitter.Split(raw, new DataSpec { Name = "digits", Validation = share, SplitSeed = seed });

            Labels(splits.Training).Select(l => l % 10).Intersect(Labels(splits.Validation).Select(l => l % 10)).ShouldBeEmpty();
            Labels(splits.Training).Concat(Labels(splits.Validation)).Order().ShouldBe(Enumerable.Range(0, count).Select(i => (byte)i));
            splits.Validation.Count.ShouldBeInRange((int)Math.Round(count * share), (int)Math.Round(count * share) + count / 10 + 1);
        });

    [Fact]
    public void Inputs_are_standardised_by_the_training_examples()
    {
        var splits = DataSplitter.Split(Raw(100), new DataSpec { Name = "digits" });
        var inputs = new float[1];
        var values = new List<double>();
        for (var i = 0; i < splits.Training.Count; i++)
        {
            splits.Inputs.Apply(splits.Training.Pixels(i), inputs, channels: 1);
            values.Add(inputs[0]);
        }

        values.Average().ShouldBe(0, 1e-6);
        values.Average(v => v * v).ShouldBe(1, 1e-6);
    }

    [Theory]
    [InlineData(0, null, "data.validation is 0")]
    [InlineData(0.6, null, "data.validation is 0.6")]
    [InlineData(0.001, null, "leave 0 for validation")]
    [InlineData(0.1, 1, "1 for training")]
    public void Splits_that_leave_nothing_are_refused(double validation, int? limit, string reason) =>
        Should.Throw<DomainException>(() => DataSplitter.Split(Raw(100), new DataSpec { Name = "digits", Validation = validation, Limit = limit }))
            .Failure.Reason.ShouldContain(reason);

    private static RawData Raw(int count)
    {
        var values = Enumerable.Range(0, count).Select(i => (byte)i).ToArray();
        var examples = new Examples(new InputShape(1, 1, 1), values, values);
        return new RawData(256, examples, examples);
    }

    private static IEnumerable<byte> Labels(Examples examples) => examples.Labels;
}
