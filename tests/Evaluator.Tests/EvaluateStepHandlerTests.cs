using NSubstitute;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator.Tests;

public sealed class EvaluateStepHandlerTests
{
    [Fact]
    public async Task The_runner_measures_and_its_documents_are_the_outputs()
    {
        var checkpoint = new ArtifactRef(new string('a', 64), 7, ArtifactFormats.Safetensors);
        var report = new ArtifactRef(new string('b', 64), 9, ArtifactFormats.Json);
        var correctness = new ArtifactRef(new string('c', 64), 5, ArtifactFormats.Json);
        var examples = new ArtifactRef(new string('d', 64), 4, ArtifactFormats.Json);
        var spec = new EvaluateSpec
        {
            AlgorithmVersion = EvaluateSpec.CurrentVersion,
            Checkpoint = checkpoint,
            Model = new ModelSpec { Name = "mlp" },
            Data = new DataSpec { Name = "digits" },
        };
        var metrics = new Dictionary<string, double> { [MetricNames.Accuracy] = 0.9 };
        var runners = Substitute.For<IRunnerPool>();
        var progress = Substitute.For<IProgress<RunnerProgress>>();
        runners.RunAsync<EvaluateRequest, EvaluateReply>(EvaluateRequest.Job, new EvaluateRequest(spec), progress, Arg.Any<CancellationToken>())
            .Returns(new EvaluateReply(report, correctness, metrics, 3, examples));

        var outcome = await new EvaluateStepHandler(runners).ComputeAsync(spec, new StepSlice(null, progress), TestContext.Current.CancellationToken);

        outcome.Outputs.ShouldBe(
            new Dictionary<string, ArtifactRef> { [OutputNames.Report] = report, [OutputNames.Correctness] = correctness, [OutputNames.ExampleMeasures] = examples }, ignoreOrder: true);
        outcome.Metrics.ShouldBe(metrics);
        outcome.Seconds.ShouldBe(3);
    }
}
