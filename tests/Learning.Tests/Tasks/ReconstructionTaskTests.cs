using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Tensors;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Metrics.Scorers;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Tasks.Kinds;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Tasks;

public sealed class ReconstructionTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Errors 1, 0, −2, 1 over two examples of two numbers: 6/4; around their means 2 and 3 the truth has 2 + 2 + 0: 1 − 6/2.</summary>
    [Fact]
    public void The_error_is_the_mean_over_examples_and_numbers_and_the_explained_variance_is_against_each_numbers_mean()
    {
        using var scope = torch.NewDisposeScope();
        var scorer = new ErrorScorer(2, b => b.Inputs.flatten(1));
        scorer.Add([torch.tensor(new[] { 2f, 3f, 1f, 4f }, [2, 2])], new([0, 1], torch.tensor(new[] { 1f, 3f, 3f, 3f }, [2, 1, 1, 2]), null));

        var report = scorer.Report();

        (report.Examples, report.Loss, report.Primary).ShouldBe((2, 1.5, ErrorScorer.MeanSquaredError));
        report.Metrics!.ShouldBe(new Dictionary<string, double> { [ErrorScorer.ExplainedVariance] = -2, [ErrorScorer.MeanSquaredError] = 1.5 });
    }

    [Fact]
    public void What_does_not_vary_has_no_explained_variance()
    {
        using var scope = torch.NewDisposeScope();
        var scorer = new ErrorScorer(1, b => b.Inputs.flatten(1));
        scorer.Add([torch.tensor(new[] { 2f, 3f }, [2, 1])], new([0, 1], torch.tensor(new[] { 1f, 1f }, [2, 1, 1, 1]), null));

        scorer.Report().Metrics!.Keys.ShouldBe([ErrorScorer.MeanSquaredError]);
    }

    [Fact]
    public void Outputs_that_are_not_finite_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        var scorer = new ErrorScorer(1, b => b.Inputs.flatten(1));

        Should.Throw<DomainException>(() => scorer.Add([torch.tensor(new[] { float.PositiveInfinity }, [1, 1])], new([0], torch.zeros(1, 1, 1, 1), null)))
            .Failure.Code.ShouldBe(FailureCodes.NotFinite);
    }

    /// <summary>A file of floats and no labels: a line in three dimensions, which a code of one number says all of.</summary>
    [Fact]
    public void Vectors_without_labels_are_said_again_through_a_code_as_wide_as_they_vary()
    {
        var random = new SeededRandom(3);
        float[] Line(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal()).SelectMany(t => new[] { t, -2 * t, 3 + t })];
        Write(("train", 3, Line(200)), ("test", 3, Line(50)), ("shift-far", 3, Line(20)));
        var spec = Trainings.Spec with
        {
            Task = MethodSpec.Of(ReconstructionTask.Name),
            Model = ModelSpecs.Of(AutoencoderArchitecture.Name, ("hidden", Array.Empty<int>()), ("code", 1)),
            Data = Vectors,
            Epochs = 20,
            BatchSize = 16,
            WeightDecay = 0,
        };
        var data = DataSets.Load(Vectors, spec.Task);

        var outcome = Trainings.Run(Trainings.Inputs(spec) with { Data = data }, _folder.File("net"));

        (data.Shape, data.Classes, data.Training.Targets, data.Shifts["far"].Count).ShouldBe((InputShape.Row(3), 0, TargetKinds.None, 20));
        outcome.Metrics[MetricNames.OnValidation(ErrorScorer.MeanSquaredError)].ShouldBeLessThan(0.01);
        outcome.Report.Inputs!.Labels.ShouldBeEmpty();
        WeightTransfer.MetadataOf(_folder.File("net")).Keys.ShouldNotContain(InputMetadata.Labels);
    }

    [Theory]
    [InlineData("has no tensor 'test'", "train")]
    [InlineData("has a tensor 'extra'", "train", "test", "extra")]
    public void Files_of_other_tensors_are_refused_by_name(string reason, params string[] tensors)
    {
        Write([.. tensors.Select(t => (t, 2, new float[] { 1, 2, 3, 4 }))]);

        Should.Throw<DomainException>(() => DataSets.Load(Vectors)).Failure.Reason.ShouldContain(reason);
    }

    [Fact]
    public void Vectors_of_other_columns_or_with_numbers_that_are_not_finite_are_refused()
    {
        Write(("train", 2, [1, 2, 3, 4]), ("test", 1, [1, 2]));
        Should.Throw<DomainException>(() => DataSets.Load(Vectors)).Failure.Reason.ShouldContain("has 1 numbers in each row of 'test', but 2 numbers in 'train'");

        Write(("train", 2, [1, 2, float.NaN, 4]), ("test", 2, [1, 2]));
        Should.Throw<DomainException>(() => DataSets.Load(Vectors)).Failure.Reason.ShouldContain("tensor 'train' has NaN at position 2");
    }

    [Fact]
    public void A_model_that_is_made_for_reconstruction_is_refused_for_classification() =>
        Should.Throw<DomainException>(() => Networks.Build(ModelSpecs.Of(AutoencoderArchitecture.Name), Trainings.Data)).Failure.Reason
            .ShouldBe("The model 'autoencoder' is made for the task 'reconstruction', and the task is 'classification'.");

    [Fact]
    public void Settings_of_classes_are_refused_all_at_once()
    {
        var spec = Trainings.Spec with { Task = MethodSpec.Of(ReconstructionTask.Name), LabelSmoothing = 0.1, Mixup = 0.2 };
        var inputs = Trainings.Inputs(spec) with { Data = DataSets.Load(spec.Data, spec.Task) };

        Should.Throw<DomainException>(() => new TrainingSession(inputs).Dispose()).Failure.Reason
            .ShouldContain("labelSmoothing 0.1, and the task 'reconstruction' has no labels to smooth; mixup 0.2, and the task 'reconstruction' has no labels to mix");
    }

    private DataSpec Vectors => new() { Name = VectorsDataSet.Name, Path = _folder.File("v.safetensors") };

    private void Write(params (string Name, int Columns, float[] Numbers)[] tensors) => tensors
        .Aggregate(new StateDictBuilder(), (file, t) => file.Floats(t.Name, [t.Numbers.Length / t.Columns, t.Columns], t.Numbers)).Save(_folder.File("v.safetensors"));
}
