using NSubstitute;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator.Tests;

public sealed class TimeStepHandlerTests
{
    [Fact]
    public async Task The_runner_is_asked_for_what_the_spec_names_and_its_report_is_the_output()
    {
        var checkpoint = new ArtifactRef(new string('a', 64), 7, ArtifactFormats.Safetensors);
        var report = new ArtifactRef(new string('b', 64), 9, ArtifactFormats.Json);
        var spec = new TimeSpec
        {
            AlgorithmVersion = TimeSpec.CurrentVersion,
            Run = "digits-0123456789ab",
            Checkpoint = checkpoint,
            Model = new ModelSpec { Name = "mlp" },
            Data = new DataSpec { Name = "digits" },
            Batch = 8,
        };
        var (runners, progress) = (Substitute.For<IRunnerPool>(), Substitute.For<IProgress<RunnerProgress>>());
        runners.RunAsync<TimeRequest, TimeReply>(TimeRequest.Job, new TimeRequest(checkpoint, spec.Model, spec.Data, 8), progress, Arg.Any<CancellationToken>())
            .Returns(new TimeReply(report, 3));

        var outcome = await new TimeStepHandler(runners).ComputeAsync(spec, new StepSlice(null, progress), TestContext.Current.CancellationToken);

        outcome.Outputs.ShouldBe(new Dictionary<string, ArtifactRef> { [OutputNames.Report] = report });
        outcome.Seconds.ShouldBe(3);
    }
}
