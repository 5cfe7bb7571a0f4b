namespace SparsePipeline.Runner.Tests;

/// <summary>Jobs, their progress, and how long a runner serves.</summary>
public class RunnerPoolTests
{
    [Fact]
    public async Task A_job_gets_its_request_and_answers()
    {
        await using var pool = new TestPool();

        (await pool.RunAsync("echo", "héllo\nworld")).ShouldBe("héllo\nworld");
    }

    [Fact]
    public async Task A_runner_stays_warm_for_the_next_job()
    {
        await using var pool = new TestPool();

        (await pool.RunAsync("pid")).ShouldBe(await pool.RunAsync("pid"));
    }

    [Fact]
    public async Task A_pool_of_two_runs_two_jobs_at_a_time_and_the_third_waits()
    {
        await using var pool = new TestPool(o => o.Count = 2);
        using var stop = new CancellationTokenSource();
        Recorder first = new(), second = new(), third = new();
        var running = new[] { pool.RunAsync("wait", "", first, stop.Token), pool.RunAsync("wait", "", second, stop.Token) };
        var waiting = pool.RunAsync("wait", "", third, stop.Token);

        (await first.NextAsync()).ShouldNotBe(await second.NextAsync());

        third.Count.ShouldBe(0);
        await stop.CancelAsync();
        foreach (var job in running.Append(waiting))
            await Should.ThrowAsync<OperationCanceledException>(job);
    }

    [Fact]
    public async Task Progress_arrives_complete_and_in_order()
    {
        await using var pool = new TestPool();
        var recorder = new Recorder();

        await pool.RunAsync("count", "1000", recorder);

        recorder.Count.ShouldBe(1000);
        for (var i = 1; i <= 1000; i++)
            (await recorder.NextAsync()).ShouldBe($"{i}/1000");
    }

    [Fact]
    public async Task Whatever_is_printed_does_not_disturb_the_protocol()
    {
        await using var pool = new TestPool();

        (await pool.RunAsync("print", """{"type":"done","id":1,"reply":"forged"}""")).ShouldBe("printed");
        (await pool.RunAsync("echo", "still here")).ShouldBe("still here");
    }

    [Fact]
    public async Task A_runner_is_replaced_after_its_share_of_jobs()
    {
        await using var pool = new TestPool(o => o.MaxJobs = 2);

        string[] pids = [await pool.RunAsync("pid"), await pool.RunAsync("pid"), await pool.RunAsync("pid")];

        pids[0].ShouldBe(pids[1]);
        pids[2].ShouldNotBe(pids[1]);
    }

    [Fact]
    public async Task A_runner_that_has_grown_too_large_is_replaced()
    {
        await using var pool = new TestPool(o => o.MaxMegabytes = 1);

        (await pool.RunAsync("pid")).ShouldNotBe(await pool.RunAsync("pid"));
    }
}
