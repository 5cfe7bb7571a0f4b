using SparsePipeline.Contracts;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class ScoreJobTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_score_of_an_untouched_checkpoint_is_the_one_of_its_training()
    {
        var reply = await _bench.TrainAsync(JobBench.Dense);
        var checkpoint = await _bench.Artifacts.FetchAsync(reply.Outputs![OutputNames.Checkpoint], CancellationToken.None);

        var score = await _bench.ScoreAsync(checkpoint, _bench.File("recalibrated"));

        score.Validation.Accuracy.ShouldBe(reply.Metrics![MetricNames.ValidationAccuracy]);
        score.Validation.Loss.ShouldBe(reply.Metrics[MetricNames.ValidationLoss]);
        (await File.ReadAllBytesAsync(_bench.File("recalibrated"))).ShouldBe(await File.ReadAllBytesAsync(checkpoint));
    }
}
