using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Steps;

public sealed class StepStoreTests : IDisposable
{
    private const string Key = "0123abcd";
    private readonly TemporaryStore _files = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeOwners _owners = new();
    private readonly StepStore _store;

    public StepStoreTests() => _store = new StepStore(
        _files.Objects, _files.Artifacts, Microsoft.Extensions.Options.Options.Create(new ClaimOptions { LeaseSeconds = 60 }),
        Microsoft.Extensions.Options.Options.Create(new TrainingSliceOptions { BudgetSeconds = 100 }), _owners, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_first_result_counts_and_the_second_writer_gets_it()
    {
        var first = Result("first");

        (await _store.StoreResultAsync(first, Token)).Worker.ShouldBe("first");
        (await _store.StoreResultAsync(Result("second"), Token)).Worker.ShouldBe("first");

        var read = (await _store.ReadResultAsync(Key, Token))!;
        read.Worker.ShouldBe("first");
        read.Outputs["mask"].ShouldBe(first.Outputs["mask"]);
        read.Metrics["loss"].ShouldBe(double.PositiveInfinity);
        read.CompletedAt.ShouldBe(first.CompletedAt);
    }

    [Fact]
    public async Task A_failure_can_be_forgotten_and_a_success_cannot()
    {
        await _store.StoreResultAsync(Result("failed") with { Failure = new(FailureCodes.DataUnavailable, "No file.", "Put it there.") }, Token);
        await _store.ForgetFailureAsync(Key, Token);
        (await _store.ReadResultAsync(Key, Token)).ShouldBeNull();

        await _store.StoreResultAsync(Result("done"), Token);
        await _store.ForgetFailureAsync(Key, Token);
        (await _store.ReadResultAsync(Key, Token)).ShouldNotBeNull().Worker.ShouldBe("done");
    }

    [Fact]
    public async Task There_is_no_result_before_one_is_stored() => (await _store.ReadResultAsync(Key, Token)).ShouldBeNull();

    [Fact]
    public async Task A_damaged_result_is_a_failure_that_names_the_document()
    {
        await _files.Objects.WriteAsync($"steps/{Key}/result.json", TemporaryStore.Bytes("{\"key\":"), Token);

        var failure = (await Should.ThrowAsync<DomainException>(() => _store.ReadResultAsync(Key, Token))).Failure;

        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Reason.ShouldContain($"steps/{Key}/result.json");
    }

    [Fact]
    public async Task A_claim_excludes_others_but_not_its_owner()
    {
        (await _store.TryClaimAsync(Key, "alice", Token)).ShouldBeTrue();

        (await _store.TryClaimAsync(Key, "bob", Token)).ShouldBeFalse();
        (await _store.TryClaimAsync(Key, "alice", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_who_claim_at_once_exactly_one_gets_it()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => _store.TryClaimAsync(Key, $"worker {i}", Token), Token)));

        claims.Count(c => c).ShouldBe(1);
    }

    [Fact]
    public async Task An_expired_claim_is_taken_over_by_exactly_one()
    {
        await _store.TryClaimAsync(Key, "alice", Token);
        _time.Advance(TimeSpan.FromSeconds(59));
        (await _store.TryClaimAsync(Key, "bob", Token)).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => _store.TryClaimAsync(Key, $"worker {i}", Token), Token)));

        claims.Count(c => c).ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeats_keep_a_claim_for_longer_than_its_lease()
    {
        await _store.TryClaimAsync(Key, "alice", Token);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeTrue();
        }

        (await _store.TryClaimAsync(Key, "bob", Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_holder_that_wakes_late_learns_that_its_claim_was_taken_over()
    {
        await _store.TryClaimAsync(Key, "alice", Token);
        _time.Advance(TimeSpan.FromSeconds(61));
        await _store.TryClaimAsync(Key, "bob", Token);

        (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeFalse();
        (await _store.HeartbeatAsync(Key, "bob", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_late_holder_cannot_give_up_the_claim_of_its_successor()
    {
        await _store.TryClaimAsync(Key, "alice", Token);
        _time.Advance(TimeSpan.FromSeconds(61));
        await _store.TryClaimAsync(Key, "bob", Token);

        await _store.ReleaseAsync(Key, "alice", Token);

        (await _store.TryClaimAsync(Key, "carol", Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_claim_that_was_given_up_is_free_at_once_and_no_longer_beats()
    {
        await _store.TryClaimAsync(Key, "alice", Token);
        await _store.ReleaseAsync(Key, "alice", Token);

        (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeFalse();
        (await _store.TryClaimAsync(Key, "bob", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_claim_of_an_owner_that_is_gone_is_free_before_it_expires()
    {
        await _store.TryClaimAsync(Key, "alice", Token);
        _owners.Gone.Add("alice");

        (await _store.TryClaimAsync(Key, "bob", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_can_keep_or_give_up_what_was_never_claimed()
    {
        await _store.ReleaseAsync(Key, "alice", Token);

        (await _store.HeartbeatAsync(Key, "alice", Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_latest_resume_point_is_the_one_that_is_read()
    {
        (await _store.ReadProgressAsync(Key, Token)).ShouldBeNull();
        await SaveAsync("first");
        var latest = new StepProgress(await StoreAsync("second"), 3);

        await _store.SaveProgressAsync(Key, latest, Token);

        (await _store.ReadProgressAsync(Key, Token)).ShouldBe(latest);
    }

    [Fact]
    public async Task A_spec_comes_back_as_the_kind_it_was_and_hashes_to_its_key()
    {
        var spec = new EvaluateSpec
        {
            AlgorithmVersion = 1,
            Checkpoint = new ArtifactRef("aa", 1, ArtifactFormats.Safetensors),
            Model = new ModelSpec { Name = "mlp" },
            Data = new DataSpec { Name = "digits" },
        };
        var key = StepKey.Of(spec);

        await _store.StoreSpecAsync(key, spec, Token);

        StepKey.Of((await _store.ReadSpecAsync(key, Token)).ShouldBeOfType<EvaluateSpec>()).ShouldBe(key);
    }

    [Fact]
    public async Task A_replaced_resume_point_is_kept_for_a_slice_and_two_leases_and_then_deleted()
    {
        var first = await SaveAsync("first");
        var second = await SaveAsync("second");
        _time.Advance(TimeSpan.FromSeconds(219));
        var third = await SaveAsync("third");
        (await _files.Artifacts.ExistsAsync(first.Digest, Token)).ShouldBeTrue();

        _time.Advance(TimeSpan.FromSeconds(1));
        var fourth = await SaveAsync("fourth");

        (await _files.Artifacts.ExistsAsync(first.Digest, Token)).ShouldBeFalse();
        foreach (var kept in new[] { second, third, fourth })
            (await _files.Artifacts.ExistsAsync(kept.Digest, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_resume_point_that_comes_again_is_not_deleted_for_its_earlier_self()
    {
        var again = await SaveAsync("same");
        await SaveAsync("other");
        await SaveAsync("same");
        _time.Advance(TimeSpan.FromSeconds(1000));

        await SaveAsync("same");

        (await _store.ReadProgressAsync(Key, Token))!.ResumePoint.ShouldBe(again);
        (await _files.Artifacts.ExistsAsync(again.Digest, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_with_a_result_has_no_resume_points_left()
    {
        ArtifactRef[] points = [await SaveAsync("first"), await SaveAsync("second")];

        await _store.StoreResultAsync(Result("me"), Token);

        (await _store.ReadProgressAsync(Key, Token)).ShouldBeNull();
        foreach (var point in points)
            (await _files.Artifacts.ExistsAsync(point.Digest, Token)).ShouldBeFalse();
    }

    private async Task<ArtifactRef> SaveAsync(string content)
    {
        var point = await StoreAsync(content);
        await _store.SaveProgressAsync(Key, new StepProgress(point, 1.5), Token);
        return point;
    }

    private Task<ArtifactRef> StoreAsync(string content) =>
        _files.Artifacts.StoreAsync(_files.NewFile(TemporaryStore.Bytes(content).Span), ArtifactFormats.ResumePoint, Token);

    private static StepResult Result(string worker) => new()
    {
        Key = Key,
        Kind = StepKinds.Prune,
        Outputs = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal) { ["mask"] = new("aa", 7, ArtifactFormats.Mask) },
        Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = double.PositiveInfinity },
        CompletedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Seconds = 0.25,
        Worker = worker,
    };

    private sealed class FakeOwners : IClaimOwners
    {
        public HashSet<string> Gone { get; } = new(StringComparer.Ordinal);

        public string Mine => "me";

        public bool IsGone(string owner) => Gone.Contains(owner);
    }
}
