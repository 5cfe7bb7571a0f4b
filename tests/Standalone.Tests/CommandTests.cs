using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;

namespace SparsePipeline.Standalone.Tests;

/// <summary>Step commands as they may really come: twice, late, or wrong.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_command_for_a_finished_step_is_answered_from_the_store()
    {
        var log = new JobLog();
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), log);
        var outcome = await pipeline.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience());
        var (dense, jobs) = (outcome.Plan.Steps.Single(s => s.Node == "dense"), log.Keys.Count);
        using var watch = pipeline.Services.GetRequiredService<RunWatches>().Watch(outcome.RunId);

        await SendAsync(pipeline, new TrainCheckpoint { RunId = outcome.RunId, StepKey = dense.Key!, Spec = (TrainSpec)dense.Spec! });

        var answer = (await watch.NextAsync(Pipelines.Patience())).OfType<CheckpointReady>().First();
        answer.Checkpoint.ShouldBe(dense.Result!.Outputs[OutputNames.Checkpoint]);
        log.Keys.Count.ShouldBe(jobs);
    }

    [Theory]
    [InlineData(TrainSpec.CurrentVersion, "is not the digest of the spec beside it")]
    [InlineData(99, "of 'train', the command asks for 99.")]
    public async Task A_command_that_must_not_be_obeyed_goes_to_the_error_queue_at_once_and_leaves_no_result(int version, string reason)
    {
        var log = new JobLog();
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), log);
        using var watch = pipeline.Services.GetRequiredService<RunWatches>().Watch("some-run");
        var spec = new TrainSpec
        {
            AlgorithmVersion = version,
            Model = new ModelSpec { Name = "mlp" },
            Data = new DataSpec { Name = "digits" },
            Epochs = 1,
            Seed = 1,
            Schedule = MethodSpec.Of("linear"),
        };
        var key = version == TrainSpec.CurrentVersion ? new string('0', 64) : StepKey.Of(spec);

        await SendAsync(pipeline, new TrainCheckpoint { RunId = "some-run", StepKey = key, Spec = spec });

        (await watch.NextAsync(Pipelines.Patience())).OfType<StepFaulted>().Single().Reason.ShouldContain(reason);
        log.Keys.ShouldBeEmpty();
        (await pipeline.Steps.ReadResultAsync(key, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Events_about_an_unknown_run_are_ignored()
    {
        var log = new JobLog();
        await using var pipeline = await Pipelines.StartAsync(_folder.File("store"), log);

        await pipeline.Services.GetRequiredService<IBus>().Publish(new RunNudged { RunId = "nobody-knows" }, TestContext.Current.CancellationToken);

        (await pipeline.RunAsync(Pipelines.Recipe(), new Observations(), Pipelines.Patience())).Plan.Finished.ShouldBeTrue();
    }

    private static async Task SendAsync(EmbeddedPipeline pipeline, TrainCheckpoint command)
    {
        var queue = await pipeline.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("exchange:train-checkpoint"));
        await queue.Send(command, TestContext.Current.CancellationToken);
    }
}
