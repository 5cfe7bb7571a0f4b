using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Csv;
using SparsePipeline.Learning.Metrics.Scorers;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Tasks.Kinds;
using SparsePipeline.Learning.Tests.Data.Csv;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Tasks;

public sealed class RegressionTaskTests : IDisposable
{
    private readonly CsvFolder _folder = new();
    private readonly TemporaryFolder _networks = new();

    public void Dispose()
    {
        _folder.Dispose();
        _networks.Dispose();
    }

    /// <summary>Targets 3, 5, 7 are −1, 0, 1 at a scale of (5, 2); outputs −1, ½, 1 say 3, 6, 7: errors 0, 1, 0, and around their mean the targets have 4 + 0 + 4.</summary>
    [Fact]
    public void Errors_are_measured_in_the_unit_of_the_targets_and_trained_by_without()
    {
        using var scope = torch.NewDisposeScope();
        var batch = new Batch([0, 1, 2], torch.zeros(3, 1, 1, 1), torch.tensor(new[] { -1f, 0, 1 }));
        using var outputs = torch.tensor(new[] { -1f, 0.5f, 1 }, [3, 1]);
        var scorer = new TargetScorer(new TargetScale(5, 2));
        scorer.Add([outputs], batch);

        var report = scorer.Report();

        (report.Examples, report.Primary).ShouldBe((3, "mean-squared-error"));
        report.Loss.ShouldBe(0.25 / 3, 1e-12);
        report.Metrics!["mean-squared-error"].ShouldBe(1 / 3.0, 1e-12);
        report.Metrics["mean-absolute-error"].ShouldBe(1 / 3.0, 1e-12);
        report.Metrics["r-squared"].ShouldBe(1 - 1 / 8.0, 1e-12);
        Data(Lines()).Task.Loss(outputs, batch, labelSmoothing: 0).item<float>().ShouldBe(0.25f / 3, 1e-6f);
    }

    /// <summary>A plane far from 0: without standardised targets its first losses would be millions.</summary>
    [Fact]
    public void A_plane_is_learnt_whatever_its_unit()
    {
        var data = Data(Lines());
        var spec = Trainings.Spec with
        {
            Task = MethodSpec.Of(RegressionTask.Name),
            Model = ModelSpecs.Of(MlpArchitecture.Name, ("hidden", Array.Empty<int>())),
            Epochs = 20,
            BatchSize = 16,
            WeightDecay = 0,
        };

        var outcome = Trainings.Run(Trainings.Inputs(spec) with { Data = data }, _networks.File("net"));

        data.Target!.Mean.ShouldBe(data.Training.Values.ToArray().Average(v => (double)v), 1e-6);
        outcome.Metrics[MetricNames.OnValidation(ErrorScorer.MeanSquaredError)].ShouldBeLessThan(1e-3 * data.Target.Deviation * data.Target.Deviation);
        WeightTransfer.MetadataOf(_networks.File("net"))[InputMetadata.Target].ShouldContain("\"price\"");
    }

    [Fact]
    public void Numbers_of_a_table_are_targets_under_the_name_of_their_column()
    {
        _folder.Write("train.csv", "x,price\n1,2.5\n2,-3e2\n3,0\n4,7\n");
        _folder.Write("test.csv", "price,x\n9.25,5\n");

        var data = _folder.Load((TargetKinds.Option, TargetKinds.Numbers));

        (data.Classes, data.Training.Targets, data.Target!.Name).ShouldBe((0, TargetKinds.Numbers, "price"));
        (data.Test.Values[0], data.Test.Numbers(0)[0]).ShouldBe((9.25f, 5));
        data.Labels.ShouldBe([]);
    }

    [Fact]
    public void Labels_that_are_no_numbers_and_other_kinds_of_targets_are_refused_by_name()
    {
        _folder.Write("data.csv", "x,price\n1,2\n2,cheap\n");

        _folder.Reason(FailureCodes.CorruptArtifact, (TargetKinds.Option, TargetKinds.Numbers), ("file", "data.csv")).ShouldEndWith("has the label 'cheap' in row 2, which is no finite number.");
        _folder.Reason(FailureCodes.InvalidOption, (TargetKinds.Option, "number"), ("file", "data.csv")).ShouldBe("data.options.targets is 'number'.");
    }

    [Fact]
    public void Classes_are_no_numbers_to_predict() =>
        Should.Throw<DomainException>(() => DataSets.Load(Trainings.Digits, MethodSpec.Of(RegressionTask.Name))).Failure.Reason
            .ShouldBe("The task 'regression' learns a real number for each example, but the data has a class for each example.");

    private static string Lines() => "x,y,price\n" + CsvFolder.Rows(200, i => $"{i % 14},{i % 9},{1e4 + 300 * (i % 14) - 500 * (i % 9)}");

    private DataSplits Data(string table)
    {
        _folder.Write("plane.csv", table);
        var options = new MethodOptions { [TargetKinds.Option] = JsonSerializer.SerializeToElement(TargetKinds.Numbers) };
        return DataSets.Load(new DataSpec { Name = CsvDataSet.Name, Path = _folder.File("plane.csv"), Options = options }, MethodSpec.Of(RegressionTask.Name));
    }
}
