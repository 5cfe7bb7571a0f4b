using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Tensors;
using SparsePipeline.Learning.Metrics.Scorers;
using SparsePipeline.Learning.Tasks;
using SparsePipeline.Learning.Tasks.Kinds;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Tasks;

public sealed class PairsTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// First views point to (1, 0), (0, 1), (−1, 0), second ones to (0, 1), (0, 1), (−1, 0): cosines 0 0 −1 / 1 1 0 / 0 0 1. The right ones have ranks 2, 2, 1 among
    /// second views and 3, 1, 1 among first ones, where equal cosines count.
    /// </summary>
    [Fact]
    public void Ranks_are_counted_both_ways_and_equal_cosines_count_against_the_network()
    {
        var report = Report(2, 1, [3, 0, 0, 1, 0, 2, 0, 5, -1, 0, -4, 0]);

        (report.Examples, report.Primary).ShouldBe((3, "recall-at-1"));
        report.Measure.ShouldBe(3 / 6.0);
        report.Metrics!["recall-at-5"].ShouldBe(1);
        report.Metrics["mean-reciprocal-rank"].ShouldBe((1 / 2.0 + 1 / 2.0 + 1 + 1 / 3.0 + 1 + 1) / 6, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_network_that_says_the_same_of_everything_finds_nothing(float value)
    {
        var report = Report(1, 1, [.. Enumerable.Repeat(value, 12)]);

        report.Metrics!.ShouldBe(new Dictionary<string, double> { ["mean-reciprocal-rank"] = 1 / 6.0, ["recall-at-1"] = 0, ["recall-at-5"] = 0 });
        report.Loss.ShouldBe(Math.Log(6), 1e-12);
    }

    /// <summary>Two pairs of unit vectors at right angles, whatever their lengths: −ln(e / (e + 1)) with τ = 1, and −ln(e² / (e² + 1)) with τ = ½.</summary>
    [Theory]
    [InlineData(1, 0.3132616875)]
    [InlineData(0.5, 0.1269280110)]
    public void The_loss_is_the_cross_entropy_of_cosines_over_the_temperature(double temperature, double loss)
    {
        using var scope = torch.NewDisposeScope();
        float[] outputs = [3, 0, 1, 0, 0, 2, 0, 5];

        Report(2, temperature, outputs).Loss.ShouldBe(loss, 1e-9);
        Task(2, temperature).Loss(torch.tensor(outputs, [2, 4]), Batch(2), labelSmoothing: 0).item<float>().ShouldBe((float)loss, 1e-6f);
    }

    [Fact]
    public void What_is_trained_by_is_what_a_split_of_one_batch_is_measured_by()
    {
        using var scope = torch.NewDisposeScope();
        var random = new SeededRandom(5);
        float[] outputs = [.. Enumerable.Range(0, 7 * 2 * 3).Select(_ => (float)random.NextNormal())];

        Task(3, 0.1).Loss(torch.tensor(outputs, [7, 6]), Batch(7), labelSmoothing: 0).item<float>().ShouldBe((float)Report(3, 0.1, outputs).Loss, 1e-4f);
    }

    [Fact]
    public void Embeddings_that_are_not_finite_are_refused() =>
        Should.Throw<DomainException>(() => Report(1, 1, [1, float.NaN])).Failure.Code.ShouldBe(FailureCodes.NotFinite);

    /// <summary>Of three columns the middle one is in neither half.</summary>
    [Theory]
    [InlineData(false, new byte[] { 1, 4, 7, 10 }, new byte[] { 3, 6, 9, 12 })]
    [InlineData(true, new byte[] { 1, 2, 3, 7, 8, 9 }, new byte[] { 4, 5, 6, 10, 11, 12 })]
    public void Halves_of_an_image_are_its_views(bool across, byte[] first, byte[] second)
    {
        var image = new Examples(new InputShape(2, 2, 3), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0]);
        var data = new DataSplits { Classes = 1, Training = image, Validation = image, Test = image, Shifts = new Dictionary<string, Examples>(), Inputs = Standardization.Of(image) };

        var cut = new ViewHalves(across).Of(data);

        cut.Shape.ShouldBe(across ? new InputShape(2, 1, 3) : new InputShape(2, 2, 1));
        cut.Test.Pixels(0).ToArray().ShouldBe(first);
        cut.Test.Second!.Pixels(0).ToArray().ShouldBe(second);
    }

    [Fact]
    public void Pairs_of_vectors_are_read_as_the_file_has_them()
    {
        Write(("train", [1, 2, 3, 4, 5, 6]), ("train.view2", [10, 20, 30, 40, 50, 60]), ("test", [7]), ("test.view2", [70]));

        var data = DataSets.Load(Vectors, MethodSpec.Of(PairsTask.Name));

        data.Test.Second!.Numbers(0)[0].ShouldBe(70);
        for (var i = 0; i < data.Training.Count; i++)
            data.Training.Second!.Numbers(i)[0].ShouldBe(10 * data.Training.Numbers(i)[0]);
    }

    [Theory]
    [InlineData("has pairs in other splits, but no 'test.view2'", "train", "train.view2", "test")]
    [InlineData("has a tensor 'test.view2', but no 'test'", "train", "train.view2", "test.view2")]
    public void Files_that_lack_half_of_a_pair_are_refused_by_name(string reason, params string[] tensors)
    {
        Write([.. tensors.Select(t => (t, new float[] { 1, 2, 3 }))]);

        Should.Throw<DomainException>(() => DataSets.Load(Vectors)).Failure.Reason.ShouldContain(reason);
    }

    [Fact]
    public void Views_of_another_shape_are_refused_by_name()
    {
        Write(("train", [1, 2, 3]), ("train.view2", [1, 2]), ("test", [1]), ("test.view2", [1]));

        Should.Throw<DomainException>(() => DataSets.Load(Vectors)).Failure.Reason.ShouldContain("train.view2");
    }

    [Fact]
    public void Data_without_pairs_views_that_there_are_not_and_rows_cut_in_half_are_refused()
    {
        Reason(Trainings.Digits, "own").ShouldBe("The task 'pairs' needs two views of every example, and the data has one.");
        Reason(Trainings.Digits, "left").ShouldBe("task.options.views is 'left'.");
        Write(("train", [1, 2, 3, 4, 5, 6]), ("test", [1]));
        Reason(Vectors, "left-right").ShouldBe("1 numbers cannot be cut into left and right halves.");
    }

    private static string Reason(DataSpec data, string views) =>
        Should.Throw<DomainException>(() => DataSets.Load(data, MethodSpecs.Of(PairsTask.Name, ("views", views)))).Failure.Reason;

    private static LearningTask Task(int width, double temperature) =>
        DataSets.Load(Trainings.Digits, MethodSpecs.Of(PairsTask.Name, ("views", "left-right"), ("embedding", width), ("temperature", temperature))).Task;

    private static Batch Batch(int examples) => new([.. Enumerable.Range(0, examples)], torch.zeros(1), null);

    private static SplitReport Report(int width, double temperature, float[] outputs)
    {
        using var scope = torch.NewDisposeScope();
        var scorer = new PairScorer(width, temperature);
        scorer.Add([torch.tensor(outputs, [outputs.Length / width / 2, 2 * width])], Batch(outputs.Length / width / 2));
        return scorer.Report();
    }

    private DataSpec Vectors => new() { Name = VectorsDataSet.Name, Path = _folder.File("v.safetensors") };

    private void Write(params (string Name, float[] Numbers)[] tensors) => tensors
        .Aggregate(new StateDictBuilder(), (file, t) => file.Floats(t.Name, [t.Numbers.Length, 1], t.Numbers)).Save(_folder.File("v.safetensors"));
}
