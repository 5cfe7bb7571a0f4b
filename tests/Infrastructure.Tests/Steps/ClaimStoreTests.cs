using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Steps;

/// <summary>Claims of processes; see <see cref="SentMarkTests"/> for those of commands that are under way.</summary>
public sealed class ClaimStoreTests : IDisposable
{
    private const string Key = "0123abcd";
    private readonly TemporaryStore _files = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeOwners _owners = new();
    private readonly ClaimStore _store;

    public ClaimStoreTests() => _store = new ClaimStore(_files.Objects, Options(), _owners, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_claim_excludes_others_but_not_its_owner()
    {
        (await ClaimAsync("alice")).ShouldBeTrue();

        (await ClaimAsync("bob")).ShouldBeFalse();
        (await ClaimAsync("alice")).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_exactly_one_gets_it() => (await ClaimAtOnceAsync()).ShouldBe(1);

    [Fact]
    public async Task A_claim_that_did_not_change_for_its_lease_is_taken_over_by_exactly_one()
    {
        await ClaimAsync("alice");
        (await ClaimAsync("bob")).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(59));
        (await ClaimAsync("bob")).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await ClaimAtOnceAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeats_keep_a_claim_for_longer_than_its_lease()
    {
        await ClaimAsync("alice");
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeTrue();
            (await ClaimAsync("bob")).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_holder_that_wakes_late_learns_that_its_claim_was_taken_over()
    {
        await TakeOverAsync("alice", "bob");

        (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeFalse();
        (await _store.HeartbeatAsync(Key, "bob", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_late_holder_cannot_give_up_or_hand_on_or_pause_the_claim_of_its_successor()
    {
        await TakeOverAsync("alice", "bob");

        await _store.ReleaseAsync(Key, "alice", Token);
        (await _store.TryHandOnAsync(Key, "alice", Token)).ShouldBeFalse();
        await _store.PauseAsync(Key, "alice", "woke late", Token);

        (await ClaimAsync("carol")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_claim_that_was_given_up_is_free_at_once_and_no_longer_beats()
    {
        await ClaimAsync("alice");
        await _store.ReleaseAsync(Key, "alice", Token);

        (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeFalse();
        (await ClaimAsync("bob")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_claim_of_an_owner_that_is_gone_is_free_before_it_expires()
    {
        await ClaimAsync("alice");
        _owners.Gone.Add("alice");

        (await _store.IsFreeAsync(Key, Token)).ShouldBeTrue();
        (await ClaimAsync("bob")).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_can_keep_or_give_up_what_was_never_claimed()
    {
        await _store.ReleaseAsync(Key, "alice", Token);

        (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeFalse();
        (await _store.IsFreeAsync(Key, Token)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_an_hour_off_neither_frees_a_live_claim_nor_keeps_a_dead_one(int hours)
    {
        var elsewhere = new JumpingTime(_time) { Ahead = TimeSpan.FromHours(hours) };
        var other = new ClaimStore(_files.Objects, Options(), _owners, elsewhere);
        await ClaimAsync("alice");

        (await other.TryClaimAsync(Key, "bob", Token)).ShouldBeNull("alice lives, whatever bob's clock says");
        _time.Advance(TimeSpan.FromSeconds(40));
        await _store.HeartbeatAsync(Key, "alice", Token);
        _time.Advance(TimeSpan.FromSeconds(40));
        elsewhere.Ahead = -elsewhere.Ahead;
        (await other.TryClaimAsync(Key, "bob", Token)).ShouldBeNull("she beat since bob last looked");

        _time.Advance(TimeSpan.FromSeconds(60));
        (await other.TryClaimAsync(Key, "bob", Token)).ShouldNotBeNull("and now she is silent");
    }

    [Fact]
    public async Task Sittings_are_counted_until_there_is_progress()
    {
        (await AttemptsAsync("w1")).ShouldBe(1);
        (await AttemptsAsync("w2")).ShouldBe(2);
        (await AttemptsAsync("w2")).ShouldBe(2, "the holder goes on, which is no new attempt");

        await SaveProgressAsync("first");
        (await AttemptsAsync("w3")).ShouldBe(1);
        (await AttemptsAsync("w4")).ShouldBe(2);

        async Task<int> AttemptsAsync(string owner)
        {
            var grant = await _store.TryClaimAsync(Key, owner, Token);
            _owners.Gone.Add(owner);
            return grant!.Attempts;
        }
    }

    [Fact]
    public async Task A_sitting_that_was_given_up_politely_is_no_attempt()
    {
        for (var i = 0; i < 20; i++)
        {
            (await _store.TryClaimAsync(Key, "w" + i, Token))!.Attempts.ShouldBe(1);
            await _store.ReleaseAsync(Key, "w" + i, Token);
        }
    }

    [Fact]
    public async Task A_fault_is_told_to_the_next_sitting_and_progress_makes_it_history()
    {
        await ClaimAsync("alice");
        await _store.PauseAsync(Key, "alice", "The disk hiccuped.", Token);
        (await _store.TryClaimAsync(Key, "bob", Token)).ShouldBe(new ClaimGrant(2, "The disk hiccuped."));

        await SaveProgressAsync("first");
        await _store.ReleaseAsync(Key, "bob", Token);

        (await _store.TryClaimAsync(Key, "carol", Token)).ShouldBe(new ClaimGrant(1, LastFault: null));
    }

    [Fact]
    public async Task Attempts_are_forgotten_with_the_failure_they_led_to()
    {
        for (var i = 0; i < 3; i++)
        {
            await ClaimAsync("w" + i);
            _owners.Gone.Add("w" + i);
        }

        await _store.ForgetAsync(Key, Token);

        (await _store.TryClaimAsync(Key, "next", Token))!.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_claim_is_no_claim()
    {
        await _files.Objects.WriteAsync($"steps/{Key}/claim.json", TemporaryStore.Bytes("{\"owner\":"), Token);

        (await ClaimAsync("alice")).ShouldBeTrue();
        (await ClaimAsync("bob")).ShouldBeFalse();
    }

    private static Microsoft.Extensions.Options.IOptions<ClaimOptions> Options() =>
        Microsoft.Extensions.Options.Options.Create(new ClaimOptions { LeaseSeconds = 60 });

    private async Task<bool> ClaimAsync(string owner) => await _store.TryClaimAsync(Key, owner, Token) is not null;

    private async Task<int> ClaimAtOnceAsync() =>
        (await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => ClaimAsync($"worker {i}"), Token)))).Count(claimed => claimed);

    private async Task TakeOverAsync(string owner, string successor)
    {
        await ClaimAsync(owner);
        await ClaimAsync(successor);
        _time.Advance(TimeSpan.FromSeconds(61));
        (await ClaimAsync(successor)).ShouldBeTrue();
    }

    private Task SaveProgressAsync(string digest) => _files.Objects.WriteAsync(
        StepPaths.Progress(Key),
        Documents.Write(new ProgressDocument(new ArtifactRef(digest, 1, ArtifactFormats.ResumePoint), 1, [])),
        Token);
}
