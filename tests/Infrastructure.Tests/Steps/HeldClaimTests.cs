using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Tests.Steps;

public sealed class HeldClaimTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Work_stops_when_a_beat_says_why()
    {
        await using var claim = new HeldClaim(_ => Task.FromResult<string?>("another worker has taken the step over"), Interval, _time, CancellationToken.None);

        _time.Advance(Interval);

        await Should.ThrowAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromMinutes(1), claim.Token));
        claim.Reason.ShouldBe("another worker has taken the step over");
    }

    [Fact]
    public async Task A_beat_that_fails_costs_no_work()
    {
        var failed = new TaskCompletionSource();
        await using var claim = new HeldClaim(_ => Beat(), Interval, _time, CancellationToken.None);

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
        await using var claim = new HeldClaim(_ => Task.FromResult<string?>(null), Interval, _time, stopping.Token);

        await stopping.CancelAsync();

        claim.Token.IsCancellationRequested.ShouldBeTrue();
        claim.Reason.ShouldBe("the process is stopping");
    }

    [Fact]
    public async Task An_ended_claim_beats_no_more()
    {
        var beats = 0;
        await using (new HeldClaim(_ => Task.FromResult(++beats > 0 ? null : ""), Interval, _time, CancellationToken.None))
        {
        }

        _time.Advance(Interval * 3);

        beats.ShouldBe(0);
    }
}
