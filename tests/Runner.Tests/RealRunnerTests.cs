using SparsePipeline.Contracts;

namespace SparsePipeline.Runner.Tests;

public class RealRunnerTests
{
    [Fact]
    public async Task The_runner_loads_libtorch_gets_ready_and_knows_its_jobs()
    {
        await using var pool = new TestPool(o => o.Path = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Runner"));

        var refused = await Should.ThrowAsync<DomainException>(pool.RunAsync("nonsense"));

        refused.Failure.Remedy.ShouldBe("Known jobs: collect, collect-average, evaluate, rehearse, score, time, train.");
    }
}
