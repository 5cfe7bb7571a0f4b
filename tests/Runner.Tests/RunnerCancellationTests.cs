using System.Diagnostics;

namespace SparsePipeline.Runner.Tests;

/// <summary>Jobs that are told to stop, and runners whose pool or parent ends.</summary>
public class RunnerCancellationTests
{
    [Fact]
    public async Task A_cancelled_job_stops_politely_and_leaves_its_runner_warm()
    {
        await using var pool = new TestPool(o => o.GraceSeconds = 600);
        using var stop = new CancellationTokenSource();
        Recorder recorder = new();
        var job = pool.RunAsync("wait", "", recorder, stop.Token);
        var pid = await recorder.NextAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(job);
        (await pool.RunAsync("pid")).ShouldBe(pid);
    }

    [Fact]
    public async Task A_job_that_does_not_stop_is_killed_after_the_grace_time()
    {
        await using var pool = new TestPool(o => o.GraceSeconds = 0.05);
        using var stop = new CancellationTokenSource();
        Recorder recorder = new();
        var job = pool.RunAsync("hang", "", recorder, stop.Token);
        var pid = await recorder.NextAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(job);
        (await pool.RunAsync("pid")).ShouldNotBe(pid);
    }

    [Fact]
    public async Task Stopping_the_pool_cancels_jobs_instead_of_failing_them_for_good()
    {
        var pool = new TestPool();
        Recorder recorder = new();
        var job = pool.RunAsync("hang", "", recorder);
        using var process = Process.GetProcessById(int.Parse(await recorder.NextAsync()));

        await pool.DisposeAsync();

        await Should.ThrowAsync<OperationCanceledException>(job);
        process.HasExited.ShouldBeTrue();
    }

    [Fact]
    public async Task Stopping_the_pool_ends_a_runner_that_is_still_starting()
    {
        var pool = new TestPool(o => o.StartSeconds = 3600, e => e["TEST_RUNNER_START"] = "silent");
        var job = pool.RunAsync("echo");

        await pool.DisposeAsync();

        await Should.ThrowAsync<OperationCanceledException>(job.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("wait")]
    public async Task Runners_end_when_their_parent_is_killed(string job)
    {
        // A runner that is itself the parent of a runner stands for the service here.
        await using var pool = new TestPool();
        Recorder recorder = new();
        var nested = pool.RunAsync("nest", job, recorder);
        var pids = (await recorder.NextAsync()).Split(' ').Select(int.Parse).ToArray();
        using Process parent = Process.GetProcessById(pids[0]), child = Process.GetProcessById(pids[1]);
        var ended = child.WaitForExitAsync(TestContext.Current.CancellationToken);

        parent.Kill();

        await ended.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await pool.DisposeAsync();
        await Should.ThrowAsync<OperationCanceledException>(nested);
    }
}
