using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Tasks;
using SparsePipeline.Learning.Tasks.Kinds;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Tasks;

/// <summary>What every task keeps to.</summary>
public sealed class TaskConformanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TaskCases _cases = new();

    public static TheoryData<string> Names => [.. LearningTasks.Registry.Infos.Select(i => i.Name)];

    public void Dispose()
    {
        _cases.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_learnt_and_what_networks_are_compared_by_is_a_figure_of_its_result(string name)
    {
        var inputs = Inputs(name);
        var outcome = Trainings.Run(inputs, _folder.File("net"));
        var measure = LearningTasks.Registry.Find(name).Info.Measures[0];

        outcome.Report.Epochs[^1].TrainingLoss.ShouldBeLessThan(outcome.Report.Epochs[0].TrainingLoss);
        var validation = outcome.Metrics[MetricNames.OnValidation(measure == MeasureInfo.Accuracy ? null : measure.Name)];
        double.IsFinite(validation).ShouldBeTrue();
        var last = outcome.Curve.Points[^1];
        (last.Accuracy ?? last.Measure)!.Value.ShouldBe(validation, 1e-6 * Math.Abs(validation), "nothing is averaged or recalibrated, and the split is measured whole");
        (last.Accuracy is null).ShouldBe(measure != MeasureInfo.Accuracy);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Interrupted_after_every_epoch_it_ends_in_the_same_bytes(string name)
    {
        var inputs = Inputs(name);
        Trainings.Run(inputs, _folder.File("whole"));
        for (var epoch = 0; epoch < inputs.Spec.Epochs; epoch++)
        {
            using var slice = new TrainingSession(inputs);
            if (epoch > 0)
                slice.Resume(_folder.File("point"));
            slice.RunEpoch(CancellationToken.None);
            slice.SaveResumePoint(_folder.File("point"));
            if (slice.IsFinished)
                slice.Finish(_folder.File("sliced"));
        }

        File.ReadAllBytes(_folder.File("sliced")).ShouldBe(File.ReadAllBytes(_folder.File("whole")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reports_have_its_measures_and_no_accuracy_of_what_has_none(string name)
    {
        var inputs = Inputs(name);
        Trainings.Run(inputs, _folder.File("net"));
        var info = LearningTasks.Registry.Find(name).Info;

        var (report, correctness, examples) = CheckpointEvaluation.Run([_folder.File("net")], Evaluation(inputs.Spec), inputs.Data);

        var json = JsonSerializer.Serialize(report.Test, ContractJson.Options);
        if (info.Measures[0] == MeasureInfo.Accuracy)
        {
            (report.Test.Primary, correctness is null, examples).ShouldBe((null, false, null));
            return;
        }

        report.Test.Primary.ShouldBe(info.Measures[0].Name);
        report.Test.Metrics!.Keys.ShouldBeSubsetOf(info.Measures.Select(m => m.Name));
        correctness.ShouldBeNull();
        (examples is null).ShouldBe(name == NextTokenTask.Name, "a perplexity is no mean over examples");
        if (examples is not null)
        {
            (examples.Measure, examples.Test.Count, examples.Validation.Count).ShouldBe((report.Test.Primary, report.Test.Examples, report.Validation.Examples));
            examples.Test.Average(v => (double)v).ShouldBe(report.Test.Measure, 1e-5 * Math.Abs(report.Test.Measure), "what is said of examples is what the split is measured by");
            examples.Shifts.Keys.ShouldBe(report.Shifts.Keys);
        }

        CheckpointEvaluation.Metrics(report).Keys.ShouldNotContain(MetricNames.Accuracy);
        if (!inputs.Data.Task.HasClasses)
            json.ShouldNotContain("ccurac");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_equal_networks_that_vote_are_worth_one_of_them(string name)
    {
        var inputs = Inputs(name);
        Trainings.Run(inputs, _folder.File("net"));

        var one = CheckpointEvaluation.Run([_folder.File("net")], Evaluation(inputs.Spec), inputs.Data).Report.Test;
        var two = CheckpointEvaluation.Run([_folder.File("net"), _folder.File("net")], Evaluation(inputs.Spec), inputs.Data).Report.Test;

        two.Measure.ShouldBe(one.Measure, 1e-5 * Math.Abs(one.Measure));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_score_is_the_whole_result_on_the_validation_split(string name)
    {
        var inputs = Inputs(name);
        Trainings.Run(inputs, _folder.File("net"));

        var score = CheckpointRecalibration.Run(_folder.File("net"), inputs.Spec.Model, inputs.Data, 42, 0, recalibrated: null);

        JsonSerializer.Serialize(score, ContractJson.Options).ShouldBe(JsonSerializer.Serialize(
            CheckpointEvaluation.Run([_folder.File("net")], Evaluation(inputs.Spec), inputs.Data).Report.Validation, ContractJson.Options));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Data_it_cannot_be_learnt_from_is_refused_by_name(string name)
    {
        if (_cases.Wrong(name) is not { } data)
            return;

        var failure = Should.Throw<DomainException>(() => DataSets.Load(data, MethodSpec.Of(name))).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldContain($"The task '{name}'");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Metadata_is_complete(string name)
    {
        var info = LearningTasks.Registry.Find(name).Info;

        info.Axis.ShouldBe(MethodAxes.Task);
        info.Measures.ShouldNotBeEmpty();
        info.Measures.ShouldAllBe(m => m.Unit == FigureInfo.Share || m.Unit == FigureInfo.Real);
        info.Measures.Select(m => m.Name).ShouldBeUnique();
    }

    private TrainingInputs Inputs(string name)
    {
        var spec = _cases.Training(name);
        return Trainings.Inputs(spec) with { Data = DataSets.Load(spec.Data, spec.Task) };
    }

    private static EvaluateSpec Evaluation(TrainSpec spec) => new()
    {
        AlgorithmVersion = EvaluateSpec.CurrentVersion,
        Checkpoint = new ArtifactRef(new string('0', 64), 1, ArtifactFormats.Safetensors),
        Model = spec.Model,
        Data = spec.Data,
        Task = spec.Task,
    };
}
