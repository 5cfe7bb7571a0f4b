using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;
using Wrapped = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Collection;

/// <summary>What a collection must do over every kind of store.</summary>
public abstract class CollectorConformance
{
    private static readonly string Step = new('5', 64);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A clock 30 hours ahead of the store's: what is stored now is older than the grace period.</summary>
    protected FakeTimeProvider Later { get; } = new(DateTimeOffset.UtcNow.AddHours(30));

    protected abstract IObjectStore Objects { get; }

    protected abstract IArtifactStore Artifacts { get; }

    protected abstract CollectionNotice Notice { get; }

    protected virtual int Worlds => 25;

    [Fact]
    public async Task What_nothing_refers_to_is_deleted_after_the_grace_period()
    {
        var kept = await StoreAsync("kept");
        var lost = await StoreAsync("lost");
        await WriteAsync($"steps/{Step}/result.json", Result(kept));

        var report = await CollectAsync(dryRun: false);

        report.ShouldBe(new CollectionReport(IsDryRun: false, 1, new(1, 4), default, new(1, 4), Forgotten: 0, Aborted: 0));
        (await Artifacts.ExistsAsync(kept.Digest, Token)).ShouldBeTrue();
        (await Artifacts.ExistsAsync(lost.Digest, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        var lost = await StoreAsync("lost");
        await WriteAsync($"steps/{Step}/result.json", Result(await StoreAsync("kept")));
        await WriteAsync($"steps/{Step}/progress.json", "{}");
        var found = new List<StoredBlob>();

        var dry = await CollectAsync(dryRun: true, new Found(found));

        found.Select(b => b.Digest).ShouldBe([lost.Digest]);
        dry.Forgotten.ShouldBe(1);
        (await Artifacts.ExistsAsync(lost.Digest, Token)).ShouldBeTrue();
        (await CollectAsync(dryRun: false)).ShouldBe(dry with { IsDryRun = false });
    }

    [Fact]
    public async Task An_upload_that_expired_a_grace_period_ago_is_forgotten_with_what_it_alone_refers_to()
    {
        var (open, expired) = (await StoreAsync("open"), await StoreAsync("expired"));
        await WriteAsync("uploads/1.json", Upload(open, Later.GetUtcNow().AddHours(-23)));
        await WriteAsync("uploads/2.json", Upload(expired, Later.GetUtcNow().AddHours(-25)));
        await WriteAsync("uploads/3.json", "damaged");

        var report = await CollectAsync(dryRun: false);

        (report.Forgotten, report.Deleted.Count).ShouldBe((1, 1));
        (await Artifacts.ExistsAsync(open.Digest, Token)).ShouldBeTrue();
        (await Artifacts.ExistsAsync(expired.Digest, Token)).ShouldBeFalse();
        (await Objects.ReadAsync("uploads/3.json", Token)).ShouldNotBeNull("nothing is known about it");
    }

    [Fact]
    public async Task An_answer_that_is_kept_for_repeated_requests_is_forgotten_a_grace_period_after_it_expired()
    {
        foreach (var (name, hours) in new[] { ("young", -23), ("old", -25) })
            await WriteAsync($"requests/{name}.json", $$"""{"state":"done","expiresAt":"{{Later.GetUtcNow().AddHours(hours):O}}"}""");

        (await CollectAsync(dryRun: false)).Forgotten.ShouldBe(1);

        (await Objects.ReadAsync("requests/young.json", Token)).ShouldNotBeNull();
        (await Objects.ReadAsync("requests/old.json", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_stored_within_the_grace_period_stays()
    {
        var young = await StoreAsync("young");

        var report = await CollectAsync(dryRun: false, hoursAfter: 23);

        report.Young.ShouldBe(new CollectedBlobs(1, 5));
        (await Artifacts.ExistsAsync(young.Digest, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Resume_points_stay_while_their_step_may_resume_and_go_when_it_has_outputs()
    {
        var latest = await StoreAsync("latest");
        var replaced = await StoreAsync("replaced");
        await WriteAsync($"steps/{Step}/progress.json", $$"""{"resumePoint":{"digest":"{{latest.Digest}}"},"replaced":[{"digest":"{{replaced.Digest}}"}]}""");

        (await CollectAsync(dryRun: false)).Deleted.Count.ShouldBe(0);
        await WriteAsync($"steps/{Step}/result.json", Result(await StoreAsync("output")));
        var report = await CollectAsync(dryRun: false);

        report.Forgotten.ShouldBe(1);
        report.Deleted.ShouldBe(new CollectedBlobs(2, 14));
    }

    [Fact]
    public async Task Resume_points_of_a_failed_step_stay_because_it_may_be_tried_again()
    {
        var latest = await StoreAsync("latest");
        await WriteAsync($"steps/{Step}/progress.json", $"\"{latest.Digest}\"");
        await WriteAsync($"steps/{Step}/result.json", Encoding.UTF8.GetString(Documents.Write(Failed())));

        (await CollectAsync(dryRun: false)).Forgotten.ShouldBe(0);

        (await Artifacts.ExistsAsync(latest.Digest, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_collections_at_once_are_refused_and_the_next_is_not()
    {
        await Notice.BeginAsync(Token);
        var other = new CollectionNotice(Objects, new LeaseClaimOwners(), Later);
        var refused = new Collector(Objects, Artifacts, other, new NoUnfinishedUploads(), Grace(24), Later);

        (await Should.ThrowAsync<DomainException>(() => refused.CollectAsync(dryRun: false, found: null, Token))).Message.ShouldContain("Another collection");
        await Notice.EndAsync();

        await refused.CollectAsync(dryRun: false, found: null, Token);
    }

    [Fact]
    public void Of_any_store_exactly_what_is_old_and_unreferenced_goes() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 3]).Array[0, 12].Sample(world => HoldsAsync(world).GetAwaiter().GetResult(), iter: Worlds, threads: 1);

    protected async Task<ArtifactRef> StoreAsync(string content)
    {
        var file = Artifacts.CreateTemporaryPath();
        await File.WriteAllTextAsync(file, content, CancellationToken.None);
        return await Artifacts.StoreAsync(file, ArtifactFormats.Mask, CancellationToken.None);
    }

    protected Task WriteAsync(string key, string content) => Objects.WriteAsync(key, Encoding.UTF8.GetBytes(content), CancellationToken.None);

    protected Task<CollectionReport> CollectAsync(bool dryRun, IProgress<StoredBlob>? found = null, double hoursAfter = 30)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(hoursAfter));
        return new Collector(Objects, Artifacts, Notice, new NoUnfinishedUploads(), Grace(24), time).CollectAsync(dryRun, found, CancellationToken.None);
    }

    private async Task<bool> HoldsAsync((bool Referenced, int Place)[] world)
    {
        var nonce = Guid.NewGuid().ToString("N");
        var blobs = new List<(ArtifactRef Blob, bool Referenced)>();
        for (var i = 0; i < world.Length; i++)
        {
            var blob = await StoreAsync($"{nonce} {i}");
            blobs.Add((blob, world[i].Referenced));
            if (world[i].Referenced)
                await WriteAsync(PlaceOf(world[i].Place, $"{nonce}{i}"), $$"""{"a":["{{blob.Digest}}"]}""");
        }
        await CollectAsync(dryRun: false);
        foreach (var (blob, referenced) in blobs)
        {
            if (await Artifacts.ExistsAsync(blob.Digest, CancellationToken.None) != referenced)
                return false;
        }
        return true;
    }

    private static string PlaceOf(int place, string name) => place switch
    {
        0 => $"steps/{name}/spec.json",
        1 => $"steps/{name}/progress.json",
        2 => $"runs/{name}/recipe.json",
        _ => $"models/{name}/promotions/1.json",
    };

    private static string Result(ArtifactRef output) => Encoding.UTF8.GetString(Documents.Write(new StepResult
    {
        Key = Step,
        Kind = StepKinds.Prune,
        Outputs = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal) { [OutputNames.Mask] = output },
        CompletedAt = DateTimeOffset.UnixEpoch,
        Seconds = 1,
        Worker = "test",
    }));

    private static string Upload(ArtifactRef artifact, DateTimeOffset expiresAt) => Encoding.UTF8.GetString(Documents.Write(new Upload
    {
        UploadId = "1",
        KeyId = "abcdefghijkl",
        Artifact = artifact,
        Secret = "",
        CreatedAt = expiresAt.AddDays(-1),
        ExpiresAt = expiresAt,
    }));

    private static StepResult Failed() => new()
    {
        Key = Step,
        Kind = StepKinds.Train,
        Failure = new(FailureCodes.DataUnavailable, "No file.", "Put it there."),
        CompletedAt = DateTimeOffset.UnixEpoch,
        Seconds = 1,
        Worker = "test",
    };

    private static Microsoft.Extensions.Options.IOptions<CollectionOptions> Grace(double hours) =>
        Wrapped.Create(new CollectionOptions { GraceHours = hours });

    private sealed class Found(List<StoredBlob> blobs) : IProgress<StoredBlob>
    {
        public void Report(StoredBlob value) => blobs.Add(value);
    }
}
