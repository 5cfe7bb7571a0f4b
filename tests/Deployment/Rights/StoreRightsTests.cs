namespace SparsePipeline.Deployment.Rights;

/// <summary>What the bucket policy of infra/object-store lets each user do, on the server that its container runs.</summary>
public sealed class StoreRightsTests(ServedStore store)
{
    private const string NewAccess = "NEWKEYOFSOUPER";
    private const string NewSecret = "AnotherSecretOfThirtyCharacters";

    public static TheoryData<string> Workers => [.. Repository.Workers];

    [Theory]
    [MemberData(nameof(Workers))]
    public async Task A_worker_adds_and_reads_what_the_pipeline_stores_and_nothing_else(string worker)
    {
        await store.ReadyAsync();
        using var client = store.ClientOf(worker);

        foreach (var key in new[] { "objects/sha256/ab/ab12", "steps/k/claim.json", "steps/k/result.json", "runs/r/recipe.json", "runs/active/r.json", "runs/r/ended.json",
            "index/runs/2026-01-01/r.json", "index/ended/failed/2026-01-01/r.json", "sweeps/lease.json", "sweeps/probe/p.json" })
        {
            (await PutAsync(client, key)).ShouldBeTrue("put " + key);
            (await client.IsAllowedAsync(HttpMethod.Get, Path(key))).ShouldBeTrue("get " + key);
        }

        (await PutAsync(client, "elsewhere/x.json")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Workers))]
    public async Task A_worker_deletes_what_it_holds_and_no_result_and_no_artifact_but_resume_points(string worker)
    {
        await store.ReadyAsync();
        using var client = store.ClientOf(worker);
        var (claim, result, recipe, active, blob) =
            ($"steps/{worker}/claim.json", $"steps/{worker}/result.json", $"runs/{worker}/recipe.json", $"runs/active/{worker}.json", $"objects/sha256/cd/{worker}");
        foreach (var key in new[] { claim, result, recipe, active, blob })
            (await PutAsync(client, key)).ShouldBeTrue();

        (await DeleteAsync(client, claim)).ShouldBeTrue();
        (await DeleteAsync(client, active)).ShouldBeTrue();
        foreach (var reopened in new[] { $"runs/{worker}/ended.json", $"index/ended/failed/2026-01-01/{worker}.json", $"sweeps/probe/{worker}.json" })
        {
            (await PutAsync(client, reopened)).ShouldBeTrue("put " + reopened);
            (await DeleteAsync(client, reopened)).ShouldBeTrue("delete " + reopened);
        }
        (await PutAsync(client, $"index/runs/2026-01-01/{worker}.json")).ShouldBeTrue();
        (await DeleteAsync(client, $"index/runs/2026-01-01/{worker}.json")).ShouldBeFalse();
        (await DeleteAsync(client, result)).ShouldBeFalse();
        (await DeleteAsync(client, recipe)).ShouldBeFalse();
        (await DeleteAsync(client, blob)).ShouldBe(worker == "trainer");
    }

    [Fact]
    public async Task A_gateway_keeps_what_came_through_the_door_and_writes_no_step_and_no_result()
    {
        await store.ReadyAsync();
        using var client = store.ClientOf("gateway");
        using var admin = store.ClientOf("admin");

        foreach (var key in new[] { "events/e", "events/pending/e", "uploads/u", "uploads/open/k/u", "requests/r", "subscriptions/s/state", "recipes/r/v", "runs/r/recipe",
            "index/events/2026-01-01/e", "keys/k", "audit/2026-01-01/a", "outbox/o", "webhooks/w", "hooks/h", "models/m", "objects/sha256/ab/g" })
            (await PutAsync(client, key)).ShouldBeTrue("put " + key);
        foreach (var key in new[] { "steps/g/spec.json", "steps/g/result.json", "steps/g/progress.json", "sweeps/lease", "elsewhere/x" })
        {
            (await PutAsync(client, key)).ShouldBeFalse("put " + key);
            (await PutAsync(admin, key)).ShouldBeTrue("put " + key);
            (await client.IsAllowedAsync(HttpMethod.Get, Path(key))).ShouldBeTrue("get " + key);
        }
    }

    [Fact]
    public async Task A_gateway_takes_marks_away_and_nothing_that_counts()
    {
        await store.ReadyAsync();
        using var client = store.ClientOf("gateway");
        using var admin = store.ClientOf("admin");
        var marks = new[] { "uploads/d", "requests/d", "events/pending/d", "outbox/d", "runs/active/d", "runs/d/cancelled.json", "runs/d/ended.json",
            "index/ended/failed/2026-01-01/d", "steps/d/result.json", "sweeps/probe/d" };
        var kept = new[] { "events/d", "runs/d/recipe", "index/runs/2026-01-01/d", "keys/d", "audit/2026-01-01/d", "hooks/d", "subscriptions/d", "recipes/d",
            "objects/sha256/ab/d", "steps/d/spec.json", "steps/d/claim.json" };
        foreach (var key in marks.Concat(kept))
            (await PutAsync(admin, key)).ShouldBeTrue("put " + key);

        foreach (var key in marks)
            (await DeleteAsync(client, key)).ShouldBeTrue("delete " + key);
        foreach (var key in kept)
            (await DeleteAsync(client, key)).ShouldBeFalse("delete " + key);
    }

    [Fact]
    public async Task An_operator_makes_and_revokes_keys_and_no_worker_does()
    {
        await store.ReadyAsync();
        using var client = store.ClientOf("operator");
        using var worker = store.ClientOf("trainer");

        (await PutAsync(client, "keys/o")).ShouldBeTrue();
        (await client.IsAllowedAsync(HttpMethod.Get, Path("keys/o"))).ShouldBeTrue();
        (await PutAsync(worker, "keys/o")).ShouldBeFalse();
        (await worker.IsAllowedAsync(HttpMethod.Get, Path("keys/o"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("trainer")]
    [InlineData("gateway")]
    [InlineData("operator")]
    public async Task Nobody_but_the_administrator_changes_buckets(string user)
    {
        await store.ReadyAsync();
        using var client = store.ClientOf(user);

        (await client.IsAllowedAsync(HttpMethod.Put, "another-bucket")).ShouldBeFalse();
        (await client.IsAllowedAsync(HttpMethod.Delete, ServedStore.Bucket, "policy")).ShouldBeFalse();
        (await client.IsAllowedAsync(HttpMethod.Delete, ServedStore.Bucket)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_operator_collects_garbage()
    {
        await store.ReadyAsync();
        using var client = store.ClientOf("operator");
        await PutAsync(client, "objects/sha256/ef/ef12");

        (await DeleteAsync(client, "objects/sha256/ef/ef12")).ShouldBeTrue();
        (await client.IsAllowedAsync(HttpMethod.Get, ServedStore.Bucket, "uploads")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_bucket_ends_uploads_that_nobody_finished_and_preparing_it_again_does_no_harm()
    {
        await store.ReadyAsync();

        (await store.PrepareBucketAsync()).ExitCode.ShouldBe(0);

        using var client = store.ClientOf("admin");
        (await client.ReadAsync(ServedStore.Bucket, "lifecycle")).ShouldContain("<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>");
    }

    [Fact]
    public async Task A_key_is_rotated_without_a_moment_in_which_neither_works()
    {
        await store.ReadyAsync();
        var users = store.Secrets.Read("store-users") + "\n";
        var old = $"souper {store.Secrets.Read("store-souper-access-key")} {store.Secrets.Read("store-souper-secret-key")}\n";
        using var before = store.ClientOf("souper");
        using var after = store.ClientWith(NewAccess, NewSecret);

        await ReplaceUsersAsync(users + $"souper {NewAccess} {NewSecret}\n");
        (await PutAsync(before, "steps/rotation/claim.json")).ShouldBeTrue();
        (await PutAsync(after, "steps/rotation/claim.json")).ShouldBeTrue();

        await ReplaceUsersAsync(users.Replace(old, $"souper {NewAccess} {NewSecret}\n", StringComparison.Ordinal));
        (await PutAsync(before, "steps/rotation/claim.json")).ShouldBeFalse();
        (await PutAsync(after, "steps/rotation/claim.json")).ShouldBeTrue();

        await ReplaceUsersAsync(users);
        (await PutAsync(before, "steps/rotation/claim.json")).ShouldBeTrue();
    }

    private static string Path(string key) => $"{ServedStore.Bucket}/{key}";

    private static Task<bool> PutAsync(SignedClient client, string key) => client.IsAllowedAsync(HttpMethod.Put, Path(key), content: [1]);

    private static Task<bool> DeleteAsync(SignedClient client, string key) => client.IsAllowedAsync(HttpMethod.Delete, Path(key));

    private async Task ReplaceUsersAsync(string users)
    {
        store.Secrets.Replace("store-users", users);
        var applied = await store.ApplyUsersAsync();
        applied.ExitCode.ShouldBe(0, applied.Output);
    }
}
