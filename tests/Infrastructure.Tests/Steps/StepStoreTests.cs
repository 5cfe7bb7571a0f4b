using Microsoft.Extensions.Logging.Abstractions;
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
    private static readonly ReadOnlyMemory<byte> Damaged = TemporaryStore.Bytes("{\"key\":");
    private readonly DamagedResults _damaged;
    private readonly StepStore _store;

    public StepStoreTests()
    {
        _damaged = new DamagedResults(_files.Objects, NullLogger<DamagedResults>.Instance);
        _store = new StepStore(
            _files.Objects, _files.Artifacts, _damaged, Microsoft.Extensions.Options.Options.Create(new ClaimOptions { LeaseSeconds = 60 }),
            Microsoft.Extensions.Options.Options.Create(new TrainingSliceOptions { BudgetSeconds = 100 }), _time);
    }

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
    public async Task A_damaged_result_counts_as_missing_and_whoever_only_reads_leaves_it_where_it_is()
    {
        await _files.Objects.WriteAsync($"steps/{Key}/result.json", Damaged, Token);

        (await _store.ReadResultAsync(Key, Token)).ShouldBeNull();

        _damaged.Seen.ShouldBe([Key]);
        (await _files.Objects.ReadAsync($"steps/{Key}/result.json", Token)).ShouldNotBeNull().Content.ToArray().ShouldBe(Damaged.ToArray());
    }

    [Fact]
    public async Task A_damaged_result_gives_way_to_the_next_one_and_its_bytes_are_kept()
    {
        await _files.Objects.WriteAsync($"steps/{Key}/result.json", Damaged, Token);

        (await _store.StoreResultAsync(Result("again"), Token)).Worker.ShouldBe("again");

        (await _store.ReadResultAsync(Key, Token)).ShouldNotBeNull().Worker.ShouldBe("again");
        (await SetAsideAsync()).ShouldBe(Damaged.ToArray());
        _damaged.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_result_is_set_aside_on_request_and_a_good_one_is_not()
    {
        await _files.Objects.WriteAsync($"steps/{Key}/result.json", Damaged, Token);
        (await _damaged.SetAsideAsync(Key, Token)).ShouldBeTrue();
        (await _files.Objects.ReadAsync($"steps/{Key}/result.json", Token)).ShouldBeNull();
        (await SetAsideAsync()).ShouldBe(Damaged.ToArray());

        await _store.StoreResultAsync(Result("good"), Token);

        (await _damaged.SetAsideAsync(Key, Token)).ShouldBeFalse();
        (await _store.ReadResultAsync(Key, Token)).ShouldNotBeNull();
    }

    private async Task<byte[]> SetAsideAsync()
    {
        var key = (await _files.Objects.ListAsync($"steps/{Key}/damaged/", Token).ToListAsync(Token)).ShouldHaveSingleItem();
        return (await _files.Objects.ReadAsync(key, Token))!.Content.ToArray();
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

    [Fact]
    public async Task A_damaged_note_about_progress_is_no_progress_and_the_next_one_counts()
    {
        await _files.Objects.WriteAsync($"steps/{Key}/progress.json", TemporaryStore.Bytes("{\"resume"), Token);
        (await _store.ReadProgressAsync(Key, Token)).ShouldBeNull();

        var point = await SaveAsync("first");

        (await _store.ReadProgressAsync(Key, Token))!.ResumePoint.ShouldBe(point);
    }

    [Fact]
    public async Task A_damaged_note_about_progress_does_not_outlive_the_step()
    {
        await _files.Objects.WriteAsync($"steps/{Key}/progress.json", TemporaryStore.Bytes("{\"resume"), Token);

        await _store.StoreResultAsync(Result("me"), Token);

        (await _files.Objects.ReadAsync($"steps/{Key}/progress.json", Token)).ShouldBeNull();
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
}
