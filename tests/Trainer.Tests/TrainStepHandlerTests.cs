using Microsoft.Extensions.Options;
using NSubstitute;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Trainer.Tests;

public sealed class TrainStepHandlerTests
{
    private static readonly ArtifactRef Point = new(new string('a', 64), 7, ArtifactFormats.ResumePoint);
    private static readonly ArtifactRef Weights = new(new string('b', 64), 9, ArtifactFormats.Safetensors);

    private static readonly TrainSpec Spec = new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Epochs = 3,
        Seed = 1,
        Schedule = MethodSpec.Of("linear"),
    };

    private readonly IRunnerPool _runners = Substitute.For<IRunnerPool>();
    private readonly IProgress<RunnerProgress> _progress = Substitute.For<IProgress<RunnerProgress>>();

    [Fact]
    public async Task A_slice_starts_at_the_resume_point_and_gets_the_budget_of_the_options()
    {
        Answer(new TrainReply(null, null, Point, 600));

        await ComputeAsync(Point);

        await _runners.Received().RunAsync<TrainRequest, TrainReply>(
            TrainRequest.Job, new TrainRequest(Spec, Point, BudgetSeconds: 60, CheckpointSeconds: 5), _progress, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task An_unfinished_slice_is_a_resume_point_and_no_outputs()
    {
        Answer(new TrainReply(null, null, Point, 600));

        var outcome = await ComputeAsync(null);

        outcome.ResumePoint.ShouldBe(Point);
        outcome.Outputs.ShouldBeNull();
        outcome.Seconds.ShouldBe(600);
    }

    [Fact]
    public async Task A_finished_training_is_its_outputs_and_metrics()
    {
        var outputs = new Dictionary<string, ArtifactRef> { [OutputNames.Checkpoint] = Weights };
        var metrics = new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = 0.9 };
        Answer(new TrainReply(outputs, metrics, null, 12));

        var outcome = await ComputeAsync(null);

        outcome.ResumePoint.ShouldBeNull();
        outcome.Outputs.ShouldBe(outputs);
        outcome.Metrics.ShouldBe(metrics);
    }

    private void Answer(TrainReply reply) =>
        _runners.RunAsync<TrainRequest, TrainReply>(default!, default!, default, TestContext.Current.CancellationToken).ReturnsForAnyArgs(reply);

    private Task<StepOutcome> ComputeAsync(ArtifactRef? resumePoint)
    {
        var options = Options.Create(new TrainingSliceOptions { BudgetSeconds = 60, CheckpointSeconds = 5 });
        return new TrainStepHandler(_runners, options).ComputeAsync(Spec, new StepSlice(resumePoint, _progress), TestContext.Current.CancellationToken);
    }
}
