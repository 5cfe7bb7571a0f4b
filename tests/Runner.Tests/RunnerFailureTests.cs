using System.Diagnostics;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

/// <summary>Jobs that refuse, throw or bring their runner down.</summary>
public class RunnerFailureTests
{
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
}
