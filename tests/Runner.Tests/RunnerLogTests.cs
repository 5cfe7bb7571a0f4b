using Microsoft.Extensions.Logging;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Runner.Tests;

/// <summary>What a runner prints is log of the step it works on.</summary>
public sealed class RunnerLogTests
{
    [Fact]
    public async Task A_line_of_a_runner_names_the_run_and_step_of_its_job_and_not_of_an_earlier_one()
    {
        using var lines = new ScopedLines();
        using var factory = LoggerFactory.Create(b => b.AddProvider(lines));
        var log = factory.CreateLogger("test");
        await using var pool = new TestPool(logs: factory);

        using (log.BeginStep("run-1", "key-1"))
            await pool.RunAsync("print", "first words");
        (await lines.WaitForScopesAsync("first words", 2)).ShouldAllBe(scope => scope == "RunId=run-1 StepKey=key-1");
        using (log.BeginStep("run-2", "key-2"))
            await pool.RunAsync("print", "second words");
        (await lines.WaitForScopesAsync("second words", 2)).ShouldAllBe(scope => scope == "RunId=run-2 StepKey=key-2");
    }
}
