using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Tests.Claims;

public sealed class HeldClaimTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Work_stops_when_a_beat_says_why()
    {
        await using var claim = new HeldClaim(_ => Task.FromResult<string?>("another worker has taken the step over"), Interval, Standstill, _time, CancellationToken.None);

        _time.Advance(Interval);

        await Should.ThrowAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromMinutes(1), claim.Token));
        claim.Reason.ShouldBe("another worker has taken the step over");
    }

    [Fact]
    public async Task A_beat_that_fails_costs_no_work()
    {
        var failed = new TaskCompletionSource();
        await using var claim = new HeldClaim(_ => Beat(), Interval, Standstill, _time, CancellationToken.None);

        _time.Advance(Interval);
        await failed.Task.WaitAsync(TestContext.Current.CancellationToken);

        claim.Token.IsCancellationRequested.ShouldBeFalse();

        Task<string?> Beat()
        {
            failed.TrySetResult();
            throw new IOException("The store hiccuped.");
        }
    }

    [Fact]
    public async Task Work_stops_when_the_process_does()
    {
        using var stopping = new CancellationTokenSource();
        await using var claim = new HeldClaim(_ => Task.FromResult<string?>(null), Interval, Standstill, _time, stopping.Token);

        await stopping.CancelAsync();

        claim.Token.IsCancellationRequested.ShouldBeTrue();
        claim.Reason.ShouldBe("the process is stopping");
    }

    [Fact]
    public async Task An_ended_claim_beats_no_more()
    {
        var beats = 0;
        await using (new HeldClaim(_ => Task.FromResult(++beats > 0 ? null : ""), Interval, Standstill, _time, CancellationToken.None))
        {
        }

        _time.Advance(Interval * 3);

        beats.ShouldBe(0);
    }

    [Fact]
    public async Task A_claim_beats_only_while_its_work_advances()
    {
        var beats = 0;
        await using var claim = new HeldClaim(_ => Task.FromResult(++beats > 0 ? null : ""), Interval, Standstill, _time, CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            claim.Advance();
            await NextBeatAsync(() => beats, claim);
        }
        claim.HasLapsed.ShouldBeFalse();
        var before = beats;

        for (var i = 0; i < 6; i++)
            _time.Advance(Interval);

        await Should.ThrowAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromMinutes(1), claim.Token));
        claim.HasLapsed.ShouldBeTrue();
        claim.Reason.ShouldBe("its work gave no sign for 60 s");
        beats.ShouldBeInRange(before, before + 3);
    }

    [Fact]
    public async Task Work_that_does_not_stop_when_its_claim_lapses_is_left_behind()
    {
        await using var claim = new HeldClaim(_ => Task.FromResult<string?>(null), Interval, Standstill, _time, CancellationToken.None);
        var hangs = new TaskCompletionSource().Task;

        while (!claim.Abandoned.IsCancellationRequested)
        {
            _time.Advance(Interval);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await Should.ThrowAsync<OperationCanceledException>(() => hangs.WaitAsync(claim.Abandoned));
    }

    [Fact]
    public async Task A_beat_that_never_returns_does_not_keep_the_step_from_ending()
    {
        var asked = new TaskCompletionSource();
        var claim = new HeldClaim(_ => Hang(), Interval, Standstill, _time, CancellationToken.None);
        _time.Advance(Interval);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        await claim.DisposeAsync().AsTask().WaitAsync(TestContext.Current.CancellationToken);

        Task<string?> Hang()
        {
            asked.TrySetResult();
            return new TaskCompletionSource<string?>().Task;
        }
    }

    [Fact]
    public async Task A_beat_that_never_returns_does_not_hide_that_the_work_stands_still()
    {
        await using var claim = new HeldClaim(_ => new TaskCompletionSource<string?>().Task, Interval, Standstill, _time, CancellationToken.None);

        for (var tries = 0; tries < 1000 && !claim.Token.IsCancellationRequested; tries++)
        {
            _time.Advance(Interval);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        claim.HasLapsed.ShouldBeTrue();
    }

    [Fact]
    public async Task Signs_of_life_reach_the_claim_from_wherever_the_work_is()
    {
        await using var claim = new HeldClaim(_ => Task.FromResult<string?>(null), Interval, Standstill, _time, CancellationToken.None);
        WorkPulse.Follow(claim);
        for (var i = 0; i < 10; i++)
        {
            await Task.Run(WorkPulse.Beat, TestContext.Current.CancellationToken);
            _time.Advance(Interval);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        claim.HasLapsed.ShouldBeFalse();
        claim.Token.IsCancellationRequested.ShouldBeFalse();
    }

    private async Task NextBeatAsync(Func<int> beats, HeldClaim claim)
    {
        var before = beats();
        while (beats() == before && !claim.Token.IsCancellationRequested)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
            claim.Advance();
        }
    }
}
