using System.Diagnostics;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

/// <summary>What a runner starts with, and runners that do not start.</summary>
public class RunnerStartTests
{
    [Fact]
    public async Task A_runner_that_died_while_idle_is_not_given_a_job()
    {
        await using var pool = new TestPool();
        using var process = Process.GetProcessById(int.Parse(await pool.RunAsync("pid")));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        (await pool.RunAsync("echo", "fresh")).ShouldBe("fresh");
    }

    [Fact]
    public async Task A_runner_learns_the_store_folder_and_its_threads()
    {
        await using var pool = new TestPool(o => o.Threads = 3);

        (await pool.RunAsync("environment", "SPARSEPIPELINE_Store__Folder")).ShouldBe(pool.Folder.Root);
        (await pool.RunAsync("environment", "OMP_NUM_THREADS")).ShouldBe("3");
    }

    [Fact]
    public async Task A_runner_learns_the_device_it_computes_on()
    {
        await using var pool = new TestPool(o => o.Device = "cuda:1");

        (await pool.RunAsync("environment", "SPARSEPIPELINE_Runners__Device")).ShouldBe("cuda:1");
    }

    [Theory]
    [InlineData("exit", "exit code 3. It last printed: no such library")]
    [InlineData("old", "protocol 0, this program 3")]
    [InlineData("silent", "not ready after")]
    public async Task A_runner_that_does_not_get_ready_is_unavailable_and_says_why(string start, string reason)
    {
        await using var pool = new TestPool(o => o.StartSeconds = start == "silent" ? 0.5 : 60, e => e["TEST_RUNNER_START"] = start);

        (await Should.ThrowAsync<RunnerUnavailableException>(pool.RunAsync("echo"))).Message.ShouldContain(reason);
    }

    [Fact]
    public async Task A_runner_that_does_not_exist_is_unavailable()
    {
        await using var pool = new TestPool(o => o.Path = "/nowhere/runner");

        (await Should.ThrowAsync<RunnerUnavailableException>(pool.RunAsync("echo"))).Message.ShouldContain("/nowhere/runner");
    }
}
