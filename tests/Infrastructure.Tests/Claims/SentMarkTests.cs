using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Tests.Claims;

/// <summary>Marks of commands that are under way on a shared bus.</summary>
public sealed class SentMarkTests : IDisposable
{
    private readonly ClaimBench _bench =
        new(new ClaimOptions { LeaseSeconds = 60, ResendSeconds = 10, MaxResendSeconds = 35, PauseSeconds = 300 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_command_that_waits_in_the_queue_is_not_sent_twice()
    {
        (await SendAsync()).ShouldBeTrue();
        (await SendAsync()).ShouldBeFalse();
        (await _bench.Store.LookAsync(ClaimBench.Key, Token)).ShouldNotBe(ClaimLook.Free);
    }

    [Fact]
    public async Task Of_many_planners_exactly_one_sends_a_command()
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(SendAsync, Token)));

        sent.Count(s => s).ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_command_is_sent_again_with_twice_the_patience_up_to_a_limit()
    {
        foreach (var patience in new[] { 10, 20, 35, 35 })
        {
            (await SendAsync()).ShouldBeTrue();
            (await _bench.Store.LookAsync(ClaimBench.Key, Token)).ShouldNotBe(ClaimLook.Free);
            _bench.Time.Advance(TimeSpan.FromSeconds(patience - 1));
            (await _bench.Store.LookAsync(ClaimBench.Key, Token)).ShouldNotBe(ClaimLook.Free);
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            (await _bench.Store.LookAsync(ClaimBench.Key, Token)).ShouldBe(ClaimLook.Free);
        }
    }

    [Fact]
    public async Task A_mark_that_one_process_saw_run_out_is_free_for_all()
    {
        await SendAsync();
        await _bench.Store.LookAsync(ClaimBench.Key, Token);
        _bench.Time.Advance(TimeSpan.FromSeconds(10));
        await _bench.Store.LookAsync(ClaimBench.Key, Token);
        var other = new ClaimStore(_bench.Files.Objects, Microsoft.Extensions.Options.Options.Create(new ClaimOptions()), new FakeOwners(), _bench.Time);

        (await other.TryMarkSentAsync(ClaimBench.Key, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_receives_the_command_takes_the_step_over_at_once_and_nobody_sends_it_meanwhile()
    {
        await SendAsync();

        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "alice", Token)).ShouldNotBeNull();

        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "bob", Token)).ShouldBeNull("a duplicate is no reason to compute twice");
        (await SendAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_continuation_is_marked_before_it_is_sent_and_sent_again_when_its_sender_was_killed_in_between()
    {
        await SendAsync();
        await _bench.Store.TryClaimAsync(ClaimBench.Key, "alice", Token);

        (await _bench.Store.TryHandOnAsync(ClaimBench.Key, "alice", Token)).ShouldBeTrue();

        (await SendAsync()).ShouldBeFalse();
        _bench.Time.Advance(TimeSpan.FromSeconds(10));
        (await SendAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_command_that_could_not_be_sent_leaves_no_mark()
    {
        await SendAsync();

        await _bench.Store.WithdrawAsync(ClaimBench.Key, Token);

        (await SendAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Withdrawing_a_mark_leaves_a_claim_alone()
    {
        await SendAsync();
        await _bench.Store.TryClaimAsync(ClaimBench.Key, "alice", Token);

        await _bench.Store.WithdrawAsync(ClaimBench.Key, Token);

        (await _bench.Store.HeartbeatAsync(ClaimBench.Key, "alice", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_that_threw_is_not_sent_again_before_its_pause_is_over_but_a_retried_command_may_run()
    {
        await _bench.Store.TryClaimAsync(ClaimBench.Key, "alice", Token);
        await _bench.Store.PauseAsync(ClaimBench.Key, "alice", "The disk is full.", Token);

        (await SendAsync()).ShouldBeFalse();
        _bench.Time.Advance(TimeSpan.FromSeconds(299));
        (await SendAsync()).ShouldBeFalse();
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        (await SendAsync()).ShouldBeTrue();
        await _bench.Store.TryClaimAsync(ClaimBench.Key, "bob", Token);
        await _bench.Store.PauseAsync(ClaimBench.Key, "bob", "The disk is full.", Token);
        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "carol", Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_command_nobody_here_can_obey_rests_before_it_is_sent_again()
    {
        (await _bench.Store.TryLeaveAsync(ClaimBench.Key, "another version", Token)).ShouldBeFalse("nobody can have sent it");
        await SendAsync();

        (await _bench.Store.TryLeaveAsync(ClaimBench.Key, "another version", Token)).ShouldBeTrue();

        (await SendAsync()).ShouldBeFalse();
        _bench.Time.Advance(TimeSpan.FromSeconds(300));
        (await SendAsync()).ShouldBeTrue();
        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "alice", Token))!.Attempts.ShouldBe(1, "leaving is no attempt");
    }

    [Fact]
    public async Task A_step_that_its_holder_cannot_do_rests_for_another_and_no_attempt_is_counted()
    {
        await _bench.Store.TryClaimAsync(ClaimBench.Key, "alice", Token);

        await _bench.Store.RestAsync(ClaimBench.Key, "alice", "There is no pruner 'wanda'.", Token);

        (await SendAsync()).ShouldBeFalse();
        _bench.Time.Advance(TimeSpan.FromSeconds(300));
        (await SendAsync()).ShouldBeTrue();
        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "bob", Token))!.Attempts.ShouldBe(1);
    }

    private Task<bool> SendAsync() => _bench.Store.TryMarkSentAsync(ClaimBench.Key, Token);
}
