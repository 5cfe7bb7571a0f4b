using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class TrainingPartTests
{
    private const int Count = 25;

    /// <summary>25 examples, a fifth of them for validation: 20 are trained on, in one order, of which a half is 10.</summary>
    [Fact]
    public void Shares_follow_each_other_in_the_order_of_the_split_and_validation_stays()
    {
        var all = Split(Spec);

        Values(Split(Spec with { Part = new() { Share = [0, 0.5] } }).Training).ShouldBe(Values(all.Training)[..10]);
        Values(Split(Spec with { Part = new() { Share = [0.5, 1] } }).Training).ShouldBe(Values(all.Training)[10..]);
        Values(Split(Spec with { Part = new() { Share = [0.5, 1] }, Limit = 8 }).Training).ShouldBe(Values(all.Training)[4..8], "the limit comes first");
        Values(Split(Spec with { Part = new() { Share = [0, 0.5] } }).Validation).ShouldBe(Values(all.Validation));
    }

    [Fact]
    public void Classes_are_chosen_by_their_names()
    {
        var all = Split(Spec);

        var part = Split(Spec with { Part = new() { Classes = ["low", "high"] } });

        Values(part.Training).ShouldBe([.. Values(all.Training).Where(v => v % 3 != 1)]);
        part.Classes.ShouldBe(3);
    }

    [Fact]
    public void Of_several_choices_all_have_to_hold() =>
        Values(Split(Spec with { Part = new() { Classes = ["low"], Writers = ["Ann"] } }).Training).ShouldBe([.. Values(Split(Spec).Training).Where(v => v % 3 == 0 && v < 10)]);

    [Fact]
    public void Networks_of_two_parts_see_inputs_alike()
    {
        var shape = Raw().Training.Shape;

        var means = new[] { null, new DataPart { Share = [0, 0.5] }, new DataPart { Share = [0.5, 1] }, new DataPart { Classes = ["low"] } }
            .Select(part => Split(Spec with { Part = part }).Inputs.Means(shape)[0]).ToList();

        means.ShouldAllBe(m => m == means[0]);
    }

    [Fact]
    public void What_is_unknown_is_told_with_what_is_near()
    {
        var failure = Refusal(new DataPart { Classes = ["hihg"] });

        failure.Reason.ShouldBe("No training example of data set 'made' is of the classes 'hihg'.");
        failure.Remedy.ShouldBe("Did you mean 'high'? Known: low, mid, high.");
        Refusal(new DataPart { Writers = ["Anne"] }).Remedy.ShouldStartWith("Did you mean 'Ann'?");
        Refusal(new DataPart { Families = ["Sans"] }).Reason.ShouldBe("The data set 'made' does not say of its examples which families they are of.");
        Refusal(new DataPart { Share = [0, 0.05] }).Reason.ShouldBe("The part of data set 'made' has 1 of its 20 training examples.");
        Refusal(new DataPart { Share = [0.5] }).Reason.ShouldBe("The share of a part is [0.5].");
    }

    /// <summary>Of 20 examples a quarter is 5, three quarters are 15.</summary>
    [Fact]
    public void What_arrives_later_joins_what_was_there_and_inputs_are_standardised_by_the_first()
    {
        var all = Values(Split(Spec).Training);

        var (first, second) = (Split(Spec with { Arrivals = [0.25] }), Split(Spec with { Arrivals = [0.25, 0.75] }));

        Values(first.Training).ShouldBe(all[..5]);
        Values(second.Training).ShouldBe(all[..15]);
        second.Inputs.Means(second.Shape)[0].ShouldBe(first.Inputs.Means(first.Shape)[0]);
        first.Inputs.Means(first.Shape)[0].ShouldBe(all[..5].Average(), 1e-6);
        Values(second.Validation).ShouldBe(Values(Split(Spec).Validation));
    }

    /// <summary>Of 20 examples 0.3 is 6; with two classes a wrong one is the other.</summary>
    [Fact]
    public void Exactly_the_share_of_the_training_labels_is_wrong_and_no_other_label()
    {
        var (clean, noisy) = (Split(Spec), Split(Spec with { LabelNoise = 0.3 }));

        Values(noisy.Training).ShouldBe(Values(clean.Training));
        noisy.Training.Labels.Zip(clean.Training.Labels).Count(l => l.First != l.Second).ShouldBe(6);
        noisy.Training.Labels.ShouldAllBe(l => l < 3);
        noisy.Validation.Labels.ShouldBe(clean.Validation.Labels);
        noisy.Test.Labels.ShouldBe(clean.Test.Labels);
        Split(Spec with { LabelNoise = 0.3 }).Training.Labels.ShouldBe(noisy.Training.Labels);
        Split(Spec with { LabelNoise = 0.3, SplitSeed = 43 }).Training.Labels.ShouldNotBe(noisy.Training.Labels);
    }

    [Fact]
    public void With_two_classes_a_wrong_label_is_the_other_one()
    {
        var raw = Raw(labels: _ => 0) with { Classes = 2, Labels = ["a", "b"] };

        DataSplitter.Split(raw, Spec with { LabelNoise = 0.5 }).Training.Labels.Count(l => l == 1).ShouldBe(10);
    }

    [Fact]
    public void An_example_is_wrong_in_every_part_or_in_none()
    {
        var noise = Spec with { LabelNoise = 0.3 };
        var whole = Split(noise);

        byte[] parts = [.. Split(noise with { Part = new() { Share = [0, 0.5] } }).Training.Labels, .. Split(noise with { Part = new() { Share = [0.5, 1] } }).Training.Labels];

        parts.ShouldBe(whole.Training.Labels);
    }

    [Fact]
    public void Labels_that_are_no_classes_cannot_be_wrong()
    {
        var rows = Examples.Rows(1, [.. Enumerable.Range(0, Count).Select(i => (float)i)]);

        Should.Throw<DomainException>(() => DataSplitter.Split(new RawData(0, rows, rows), Spec with { LabelNoise = 0.1 })).Failure.Code.ShouldBe(FailureCodes.InvalidOption);
    }

    [Fact]
    public void The_digits_know_their_writers()
    {
        var spec = new DataSpec { Name = "digits" };
        var writers = new[] { 1, 2, 5, 6, 7, 8, 9, 10, 11, 13 };

        var counts = writers.Select(w => DataSets.Load(spec with { Part = new() { Writers = [$"{w}"] } }).Training.Count).ToList();

        counts.Sum().ShouldBe(DataSets.Load(spec).Training.Count);
        counts.ShouldAllBe(c => c > 50);
        Should.Throw<DomainException>(() => DataSets.Load(spec with { Part = new() { Writers = ["0"] } })).Failure.Reason
            .ShouldBe("No training example of data set 'digits' is of the writers '0'.");
    }

    private static DataSpec Spec { get; } = new() { Name = "made", Validation = 0.2 };

    private static DataSplits Split(DataSpec spec) => DataSplitter.Split(Raw(), spec);

    private static StepFailure Refusal(DataPart part) => Should.Throw<DomainException>(() => Split(Spec with { Part = part })).Failure;

    /// <summary>Examples that are their own numbers; the first ten are Ann's, the others Bea's.</summary>
    private static RawData Raw(Func<int, int>? labels = null)
    {
        var values = Enumerable.Range(0, Count).Select(i => (byte)i).ToArray();
        var examples = new Examples(new InputShape(1, 1, 1), values, [.. Enumerable.Range(0, Count).Select(i => (byte)(labels?.Invoke(i) ?? i % 3))]);
        return new RawData(3, examples, examples)
        {
            Labels = ["low", "mid", "high"],
            Attributes = new Dictionary<string, ExampleAttribute> { ["writers"] = new(["Ann", "Bea"], [.. Enumerable.Range(0, Count).Select(i => i < 10 ? 0 : 1)]) },
        };
    }

    private static int[] Values(Examples examples) => [.. Enumerable.Range(0, examples.Count).Select(i => (int)examples.Pixels(i)[0])];
}
