using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;

namespace SparsePipeline.Standalone.Tests;

public sealed class PipelineStepsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_embedded_pipeline_has_a_worker_of_every_kind_of_step()
    {
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), new JobLog());

        foreach (var kind in StepKinds.Infos)
            pipeline.Services.GetService(typeof(IStepHandler<>).MakeGenericType(kind.Spec)).ShouldNotBeNull(kind.Name);
    }
}
