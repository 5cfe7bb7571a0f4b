using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Claims;

/// <summary>Claims of processes; see <see cref="SentMarkTests"/> for those of commands that are under way.</summary>
public sealed class ClaimStoreTests : IDisposable
{
    private readonly ClaimBench _bench = new(new ClaimOptions { LeaseSeconds = 60 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_claim_excludes_others_but_not_its_owner()
    {
        (await _bench.ClaimAsync("alice")).ShouldBeTrue();

        (await _bench.ClaimAsync("bob")).ShouldBeFalse();
        (await _bench.ClaimAsync("alice")).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_looks_is_told_who_holds_a_step_or_why_it_rests_and_changes_nothing()
    {
        (await StandingAsync()).ShouldBeNull();
        await _bench.Store.TryMarkSentAsync(ClaimBench.Key, Token);
        (await StandingAsync())!.ShouldSatisfyAllConditions(s => s.IsSent.ShouldBeTrue(), s => s.Holder.ShouldBeNull(), s => s.Rests.ShouldBeNull());
        await _bench.ClaimAsync("alice");
        (await StandingAsync())!.ShouldSatisfyAllConditions(s => s.Holder.ShouldBe("alice"), s => s.IsSent.ShouldBeFalse());
        await _bench.Store.RestAsync(ClaimBench.Key, "alice", "There is no pruner 'x'.", Token);

        (await StandingAsync())!.ShouldSatisfyAllConditions(s => s.Rests.ShouldBe("There is no pruner 'x'."), s => s.Holder.ShouldBeNull());
        (await StandingAsync()).ShouldBe(await StandingAsync());

        Task<ClaimStanding?> StandingAsync() => _bench.Store.StandingAsync(ClaimBench.Key, Token);
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_exactly_one_gets_it() => (await ClaimAtOnceAsync()).ShouldBe(1);

    [Fact]
    public async Task A_claim_that_did_not_change_for_its_lease_is_taken_over_by_exactly_one()
    {
        await _bench.ClaimAsync("alice");
        (await _bench.ClaimAsync("bob")).ShouldBeFalse();
        _bench.Time.Advance(TimeSpan.FromSeconds(59));
        (await _bench.ClaimAsync("bob")).ShouldBeFalse();
        _bench.Time.Advance(TimeSpan.FromSeconds(1));

        (await ClaimAtOnceAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeats_keep_a_claim_for_longer_than_its_lease()
    {
        await _bench.ClaimAsync("alice");
        for (var i = 0; i < 5; i++)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(50));
            (await _bench.Store.HeartbeatAsync(ClaimBench.Key, "alice", Token)).ShouldBeTrue();
            (await _bench.ClaimAsync("bob")).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_holder_that_wakes_late_learns_that_its_claim_was_taken_over()
    {
        await TakeOverAsync("alice", "bob");

        (await _bench.Store.HeartbeatAsync(ClaimBench.Key, "alice", Token)).ShouldBeFalse();
        (await _bench.Store.HeartbeatAsync(ClaimBench.Key, "bob", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_late_holder_cannot_give_up_or_hand_on_or_pause_the_claim_of_its_successor()
    {
        await TakeOverAsync("alice", "bob");

        await _bench.Store.ReleaseAsync(ClaimBench.Key, "alice", Token);
        (await _bench.Store.TryHandOnAsync(ClaimBench.Key, "alice", Token)).ShouldBeFalse();
        await _bench.Store.PauseAsync(ClaimBench.Key, "alice", "woke late", Token);

        (await _bench.ClaimAsync("carol")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_claim_that_was_given_up_is_free_at_once_and_no_longer_beats()
    {
        await _bench.ClaimAsync("alice");
        await _bench.Store.ReleaseAsync(ClaimBench.Key, "alice", Token);

        (await _bench.Store.HeartbeatAsync(ClaimBench.Key, "alice", Token)).ShouldBeFalse();
        (await _bench.ClaimAsync("bob")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_claim_of_an_owner_that_is_gone_is_free_before_it_expires()
    {
        await _bench.ClaimAsync("alice");
        _bench.Owners.Gone.Add("alice");

        (await _bench.Store.LookAsync(ClaimBench.Key, Token)).ShouldBe(ClaimLook.Free);
        (await _bench.ClaimAsync("bob")).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_can_keep_or_give_up_what_was_never_claimed()
    {
        await _bench.Store.ReleaseAsync(ClaimBench.Key, "alice", Token);

        (await _bench.Store.HeartbeatAsync(ClaimBench.Key, "alice", Token)).ShouldBeFalse();
        (await _bench.Store.LookAsync(ClaimBench.Key, Token)).ShouldBe(ClaimLook.Free);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_an_hour_off_neither_frees_a_live_claim_nor_keeps_a_dead_one(int hours)
    {
        var elsewhere = new JumpingTime(_bench.Time) { Ahead = TimeSpan.FromHours(hours) };
        var other = _bench.NewStore(elsewhere);
        await _bench.ClaimAsync("alice");

        (await other.TryClaimAsync(ClaimBench.Key, "bob", Token)).ShouldBeNull("alice lives, whatever bob's clock says");
        _bench.Time.Advance(TimeSpan.FromSeconds(40));
        await _bench.Store.HeartbeatAsync(ClaimBench.Key, "alice", Token);
        _bench.Time.Advance(TimeSpan.FromSeconds(40));
        elsewhere.Ahead = -elsewhere.Ahead;
        (await other.TryClaimAsync(ClaimBench.Key, "bob", Token)).ShouldBeNull("she beat since bob last looked");

        _bench.Time.Advance(TimeSpan.FromSeconds(60));
        (await other.TryClaimAsync(ClaimBench.Key, "bob", Token)).ShouldNotBeNull("and now she is silent");
    }

    [Fact]
    public async Task A_damaged_claim_is_no_claim()
    {
        await _bench.Files.Objects.WriteAsync($"steps/{ClaimBench.Key}/claim.json", TemporaryStore.Bytes("{\"owner\":"), Token);

        (await _bench.ClaimAsync("alice")).ShouldBeTrue();
        (await _bench.ClaimAsync("bob")).ShouldBeFalse();
    }

    private async Task<int> ClaimAtOnceAsync() =>
        (await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => _bench.ClaimAsync($"worker {i}"), Token)))).Count(claimed => claimed);

    private async Task TakeOverAsync(string owner, string successor)
    {
        await _bench.ClaimAsync(owner);
        await _bench.ClaimAsync(successor);
        _bench.Time.Advance(TimeSpan.FromSeconds(61));
        (await _bench.ClaimAsync(successor)).ShouldBeTrue();
    }
}
