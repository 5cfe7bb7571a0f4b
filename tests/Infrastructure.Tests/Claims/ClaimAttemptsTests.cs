using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Tests.Claims;

/// <summary>What a claim remembers of the sittings before.</summary>
public sealed class ClaimAttemptsTests : IDisposable
{
    private readonly ClaimBench _bench = new(new ClaimOptions { LeaseSeconds = 60 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

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
            var grant = await _bench.Store.TryClaimAsync(ClaimBench.Key, owner, Token);
            _bench.Owners.Gone.Add(owner);
            return grant!.Attempts;
        }
    }

    [Fact]
    public async Task A_sitting_that_was_given_up_politely_is_no_attempt()
    {
        for (var i = 0; i < 20; i++)
        {
            (await _bench.Store.TryClaimAsync(ClaimBench.Key, "w" + i, Token))!.Attempts.ShouldBe(1);
            await _bench.Store.ReleaseAsync(ClaimBench.Key, "w" + i, Token);
        }
    }

    [Fact]
    public async Task A_fault_is_told_to_the_next_sitting_and_progress_makes_it_history()
    {
        await _bench.ClaimAsync("alice");
        await _bench.Store.PauseAsync(ClaimBench.Key, "alice", "The disk hiccuped.", Token);
        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "bob", Token)).ShouldBe(new ClaimGrant(2, "The disk hiccuped."));

        await SaveProgressAsync("first");
        await _bench.Store.ReleaseAsync(ClaimBench.Key, "bob", Token);

        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "carol", Token)).ShouldBe(new ClaimGrant(1, LastFault: null));
    }

    [Fact]
    public async Task Attempts_are_forgotten_with_the_failure_they_led_to()
    {
        for (var i = 0; i < 3; i++)
        {
            await _bench.ClaimAsync("w" + i);
            _bench.Owners.Gone.Add("w" + i);
        }

        await _bench.Store.ForgetAsync(ClaimBench.Key, Token);

        (await _bench.Store.TryClaimAsync(ClaimBench.Key, "next", Token))!.Attempts.ShouldBe(1);
    }

    private Task SaveProgressAsync(string digest) => _bench.Files.Objects.WriteAsync(
        StepPaths.Progress(ClaimBench.Key),
        Documents.Write(new ProgressDocument(new ArtifactRef(digest, 1, ArtifactFormats.ResumePoint), 1, [])),
        Token);
}
