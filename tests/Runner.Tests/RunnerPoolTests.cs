using System.Diagnostics;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

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
    public async Task A_refusal_keeps_its_code_reason_and_remedy_and_its_runner()
    {
        await using var pool = new TestPool();
        var before = await pool.RunAsync("pid");

        var refused = await Should.ThrowAsync<DomainException>(pool.RunAsync("refuse", "Too wide."));

        refused.Failure.ShouldBe(new StepFailure(FailureCodes.ShapeMismatch, "Too wide.", "Change it."));
        (await pool.RunAsync("pid")).ShouldBe(before);
    }

    [Fact]
    public async Task An_unexpected_exception_is_no_refusal_so_that_it_is_tried_again()
    {
        await using var pool = new TestPool();

        var failed = await Should.ThrowAsync<RunnerJobException>(pool.RunAsync("throw", "odd"));

        failed.Message.ShouldContain("InvalidOperationException: odd");
    }

    [Fact]
    public async Task An_outage_of_the_store_met_by_a_runner_is_one_to_its_parent()
    {
        await using var pool = new TestPool();

        var outage = await Should.ThrowAsync<StoreUnavailableException>(pool.RunAsync("outage", "The bucket does not answer."));

        outage.Message.ShouldContain("The bucket does not answer.");
    }

    [Fact]
    public async Task An_unknown_job_is_answered_with_the_known_ones()
    {
        await using var pool = new TestPool();

        var refused = await Should.ThrowAsync<DomainException>(pool.RunAsync("tarin"));

        refused.Failure.Remedy.ShouldContain("Known jobs: abort, count, echo");
    }

    [Fact]
    public async Task A_native_abort_is_a_failure_that_names_the_signal_and_the_last_words()
    {
        await using var pool = new TestPool();

        var crashed = await Should.ThrowAsync<DomainException>(pool.RunAsync("abort", "mat1 and mat2 shapes cannot be multiplied"));

        crashed.Failure.Code.ShouldBe(FailureCodes.RunnerCrashed);
        crashed.Failure.Reason.ShouldContain("exit code 134 (SIGABRT)");
        crashed.Failure.Reason.ShouldContain("mat1 and mat2 shapes cannot be multiplied");
    }

    [Fact]
    public async Task After_a_crash_the_next_job_gets_a_fresh_runner()
    {
        await using var pool = new TestPool();
        await Should.ThrowAsync<DomainException>(pool.RunAsync("abort"));

        (await pool.RunAsync("echo", "again")).ShouldBe("again");
    }

    [Fact]
    public async Task A_runner_that_exits_during_a_job_is_named_by_its_exit_code()
    {
        await using var pool = new TestPool();

        var crashed = await Should.ThrowAsync<DomainException>(pool.RunAsync("exit", "7"));

        crashed.Failure.Reason.ShouldContain("exit code 7.");
    }

    [Fact]
    public async Task A_job_whose_runner_was_killed_from_outside_is_tried_once_more_and_then_fails()
    {
        await using var pool = new TestPool();
        Recorder recorder = new();
        var job = pool.RunAsync("wait", "", recorder);
        var first = int.Parse(await recorder.NextAsync());
        Process.GetProcessById(first).Kill();
        var second = int.Parse(await recorder.NextAsync());

        Process.GetProcessById(second).Kill();

        second.ShouldNotBe(first);
        (await Should.ThrowAsync<DomainException>(job)).Failure.Reason.ShouldContain("SIGKILL");
    }

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
    public async Task A_job_that_neither_reports_nor_computes_loses_its_runner_and_may_be_tried_again()
    {
        await using var pool = new TestPool(o => o.SilenceSeconds = 0.5);
        Recorder recorder = new();
        var job = pool.RunAsync("hang", "", recorder);
        using var process = Process.GetProcessById(int.Parse(await recorder.NextAsync()));

        var silent = await Should.ThrowAsync<RunnerSilentException>(job);

        silent.Message.ShouldStartWith("The job 'hang' neither reported nor computed for 0.5 s (Runners:SilenceSeconds), so its runner was killed.");
        process.HasExited.ShouldBeTrue();
        (await pool.RunAsync("echo", "again")).ShouldBe("again");
    }

    [Fact]
    public async Task A_runner_that_was_stopped_is_taken_for_stuck()
    {
        await using var pool = new TestPool(o => o.SilenceSeconds = 0.5);
        var pid = await pool.RunAsync("pid");
        var job = pool.RunAsync("spin", "600");

        using var stop = Process.Start("kill", ["-STOP", pid]);

        await Should.ThrowAsync<RunnerSilentException>(job);
    }

    [Fact]
    public async Task A_job_that_computes_without_a_word_is_left_alone()
    {
        await using var pool = new TestPool(o => o.SilenceSeconds = 0.3);

        (await pool.RunAsync("spin", "1.5")).ShouldBe("spun");
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
    public async Task A_runner_learns_the_store_folder_and_its_threads()
    {
        await using var pool = new TestPool(o => o.Threads = 3);

        (await pool.RunAsync("environment", "SPARSEPIPELINE_Store__Folder")).ShouldBe(pool.Folder.Root);
        (await pool.RunAsync("environment", "OMP_NUM_THREADS")).ShouldBe("3");
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
