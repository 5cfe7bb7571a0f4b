using System.Diagnostics;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

/// <summary>Jobs that are stuck.</summary>
public class RunnerSilenceTests
{
    [Fact]
    public async Task A_job_that_neither_reports_nor_computes_loses_its_runner_and_may_be_tried_again()
    {
        await using var pool = new TestPool(o => o.SilenceSeconds = 5);
        Recorder recorder = new();
        var job = pool.RunAsync("hang", "", recorder);
        using var process = Process.GetProcessById(int.Parse(await recorder.NextAsync()));

        var silent = await Should.ThrowAsync<RunnerSilentException>(job);

        silent.Message.ShouldStartWith("The job 'hang' neither reported nor computed for 5 s (Runners:SilenceSeconds), so its runner was killed.");
        process.HasExited.ShouldBeTrue();
        (await pool.RunAsync("echo", "again")).ShouldBe("again");
    }

    [Fact]
    public async Task A_runner_that_was_stopped_is_taken_for_stuck()
    {
        await using var pool = new TestPool(o => o.SilenceSeconds = 5);
        var pid = await pool.RunAsync("pid");
        var job = pool.RunAsync("spin", "600");

        using var stop = Process.Start("kill", ["-STOP", pid]);

        await Should.ThrowAsync<RunnerSilentException>(job);
    }
}
