using System.Globalization;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Csv;
using SparsePipeline.Learning.Data.Text;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Models.TorchScript;

/// <summary>Scripts on what is no picture: rows of numbers and text.</summary>
[Collection(nameof(SharedGenerator))]
public sealed class ScriptKindsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_come_as_rows_and_are_learnt_with_recalibrated_BatchNorm()
    {
        var data = Rows();

        var outcome = Train(ExampleScript.RowsFile, data, data.Spec with { Epochs = 10, Recalibration = 0.5 });

        outcome.Metrics[MetricNames.ValidationAccuracy].ShouldBeGreaterThan(0.9);
        outcome.Report.Recalibration!.Batches.ShouldBe(1);
    }

    [Fact]
    public void Text_is_learnt_at_every_position_and_measured_in_bits()
    {
        var data = Text("17*.txt");

        var outcome = Train(ExampleScript.TextFile, data, data.Spec with { Epochs = 2, BatchSize = 16 });

        var report = CheckpointEvaluation.Run([_folder.File("net")], Evaluation(data.Spec), data.Splits, script: ExampleScript.TextFile).Report;
        outcome.Report.Epochs[^1].TrainingLoss.ShouldBeLessThan(outcome.Report.Epochs[0].TrainingLoss);
        report.Test.Examples.ShouldBe(data.Splits.Test.Count * 16);
        report.Test.BitsPerCharacter!.Value.ShouldBeLessThan(4.2, "guessed by its frequency, a character of this text takes 4.25 bits");
    }

    [Fact]
    public void Another_number_of_symbols_is_told_with_that_of_the_data()
    {
        var data = Text("1790*.txt");

        Refusal(ExampleScript.TextFile, data).Reason.ShouldBe(
            $"Model torchscript returns [2, 16, 67] for inputs [2, 16], but the data needs [2, 16, {data.Splits.Classes}]: one logit per class.");
    }

    [Fact]
    public void A_script_for_pictures_says_what_text_looks_like()
    {
        var failure = Refusal(ExampleScript.File, Text("17*.txt"));

        failure.Reason.ShouldStartWith("Model torchscript failed in evaluation mode on inputs [2, 16]: ");
        failure.Remedy.ShouldBe("Script a module that takes one batch [n, characters] of int64 of the recipe's data and returns one tensor.");
    }

    [Fact]
    public void A_script_for_pictures_says_what_rows_look_like() =>
        Refusal(ExampleScript.File, Rows()).Remedy.ShouldBe("Script a module that takes one batch [n, columns] of the recipe's data and returns one tensor.");

    private static StepFailure Refusal(string script, Given data) =>
        Scripts.Refusal(() => TorchScriptArchitecture.Load(script, data.Splits.Shape, data.Splits.Classes).Dispose());

    private TrainingOutcome Train(string script, Given data, TrainSpec spec) =>
        Trainings.Run(new TrainingInputs { Spec = spec, Data = data.Splits, Script = script }, _folder.File("net"));

    private static EvaluateSpec Evaluation(TrainSpec spec) => new()
    {
        AlgorithmVersion = EvaluateSpec.CurrentVersion,
        Checkpoint = new ArtifactRef(new string('0', 64), 1, ArtifactFormats.Safetensors),
        Model = spec.Model,
        Data = spec.Data,
    };

    /// <summary>Three clouds around the corners of a triangle.</summary>
    private Given Rows()
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, 300).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{Math.Cos(i % 3 * Math.Tau / 3) + (random.NextDouble() / 2)},{Math.Sin(i % 3 * Math.Tau / 3) + (random.NextDouble() / 2)},{"abc"[i % 3]}"));
        File.WriteAllLines(_folder.File("rows.csv"), lines.Prepend("x,y,class"));
        return Given.Of(new DataSpec { Name = CsvDataSet.Name, Path = _folder.File("rows.csv"), Validation = 0.2 });
    }

    private static Given Text(string files) => Given.Of(new DataSpec
    {
        Name = TextDataSet.Name,
        Path = Path.Combine(RepositoryFolder.Path, "recipes/texts/state-of-the-union"),
        Options = new MethodOptions { ["context"] = JsonSerializer.SerializeToElement(16), ["files"] = JsonSerializer.SerializeToElement(files) },
        Validation = 0.2,
    });

    private sealed record Given(TrainSpec Spec, DataSplits Splits)
    {
        public static Given Of(DataSpec data) => new(Scripts.Spec with { Data = data, Recalibration = 0 }, DataSets.Load(data));
    }
}
