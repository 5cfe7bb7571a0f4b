using System.Net;
using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Adoption;
using SparsePipeline.Gateway.Tests.Hooks;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Adoption;

/// <summary>Objects of a bucket on a real server, beside a store in a folder.</summary>
public sealed class AdoptionTests(ObjectStoreServer stores) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_event_about_an_object_is_dispatched_with_the_checkpoint_that_it_held()
    {
        await using var bucket = await stores.CreateBucketAsync(Token);
        await using var gateway = await StartAsync(Settings(bucket));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await StoreRecipeAsync(client, "small", TestGateway.Recipe);
        var (bytes, digest) = Checkpoint(1);
        await bucket.OverwriteAsync("digits/a b+c.safetensors", bytes, Token);

        var published = await PublishAsync(client, Event("1", new { model = "digits", uri = $"s3://{bucket.Name}/digits/a b+c.safetensors", sha256 = digest, recipe = "small" }));
        var ended = await EndAsync(client, (await BodyAsync(published)).GetProperty("eventKey").GetString()!);

        ended.GetProperty("state").GetString().ShouldBe(EventStates.Dispatched, ended.ToString());
        ended.GetProperty("checkpoint").GetProperty("digest").GetString().ShouldBe(digest);
        (await gateway.Artifacts.SizeAsync(digest, Token)).ShouldBe(bytes.Length);
    }

    [Fact]
    public async Task What_cannot_be_adopted_is_rejected_with_the_reason()
    {
        await using var bucket = await stores.CreateBucketAsync(Token);
        await using var gateway = await StartAsync(Settings(bucket));
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var (bytes, _) = Checkpoint(1);
        await bucket.OverwriteAsync("net.safetensors", bytes, Token);
        await bucket.OverwriteAsync("several/1.safetensors", bytes, Token);
        await bucket.OverwriteAsync("several/2.safetensors", bytes, Token);
        await bucket.OverwriteAsync("key.txt", "AKIAIOSFODNN7EXAMPLE is a key"u8.ToArray(), Token);
        var cases = new (string Uri, string? Sha256, string Code)[]
        {
            ($"s3://{bucket.Name}/missing.safetensors", null, "missing-object"),
            ($"s3://{bucket.Name}/net.safetensors", new string('0', 64), "digest-mismatch"),
            ($"s3://{bucket.Name}/key.txt", null, FailureCodes.CorruptArtifact),
            ($"s3://{bucket.Name}/several/", null, "ambiguous-source"),
            ($"s3://{bucket.Name}/none/", null, "missing-object"),
            ("s3://other-bucket/net.safetensors", null, "bucket-not-allowed"),
            ("s3://not-there/net.safetensors", null, "source-refused"),
        };

        foreach (var (uri, sha256, code) in cases)
        {
            var ended = await EndAsync(client, (await BodyAsync(await PublishAsync(client, Event(uri, new { model = "digits", uri, sha256 })))).GetProperty("eventKey").GetString()!);
            (ended.GetProperty("state").GetString(), ended.GetProperty("failure").GetProperty("code").GetString()).ShouldBe((EventStates.Rejected, code), ended.ToString());
            ended.ToString().ShouldNotContain("AKIA");
        }
        (await gateway.Artifacts.ListAsync(Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_is_adopted_for_whoever_asks_and_a_new_one_in_its_place_when_asked_again()
    {
        await using var bucket = await stores.CreateBucketAsync(Token);
        await using var gateway = await StartAsync(Settings(bucket));
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        using var another = await gateway.ClientAsync(AccessRoles.Publisher);
        var request = new { uri = $"s3://{bucket.Name}/latest/", format = "safetensors" };
        var (first, second) = (Checkpoint(1), Checkpoint(2));
        await bucket.OverwriteAsync("latest/net.safetensors", first.Bytes, Token);

        var adopted = await AdoptAsync(client, request);
        adopted.GetProperty("artifact").GetProperty("digest").GetString().ShouldBe(first.Digest);
        (await another.GetAsync($"/v1/artifacts/adoptions/{adopted.GetProperty("adoptionId").GetString()}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await bucket.OverwriteAsync("latest/net.safetensors", second.Bytes, Token);

        (await AdoptAsync(client, request)).GetProperty("artifact").GetProperty("digest").GetString().ShouldBe(second.Digest);
        while (await gateway.Objects.ListAsync("requests/adopting/", Token).AnyAsync(Token))
            await Task.Delay(20, Token);
    }

    [Fact]
    public async Task A_request_for_what_is_not_read_is_refused_at_once()
    {
        await using var gateway = await StartAsync(("Gateway:Buckets", "models"));
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        (await CodesAsync(await client.PostAsync("/v1/artifacts", Json(new { uri = "s3://other/net.safetensors", format = "safetensors" }), Token))).ShouldBe(["bucket-not-allowed"]);
        (await CodesAsync(await client.PostAsync("/v1/artifacts", Json(new { uri = "s3://models/net.pt", format = "torchscript" }), Token))).ShouldBe(["role"]);
        (await CodesAsync(await client.PostAsync("/v1/artifacts", Json(new { uri = "https://models/net", format = "pickle", sha256 = "A" }), Token))).ShouldBe(["invalid-field", "invalid-field", "invalid-field"]);
        (await AdoptAsync(client, new { uri = "s3://models/net.safetensors", format = "safetensors" })).GetProperty("failure").GetProperty("code").GetString().ShouldBe("no-bucket-server");
    }

    [Fact]
    public async Task A_notification_of_an_object_that_was_deleted_since_is_rejected_and_one_that_is_there_is_not()
    {
        await using var bucket = await stores.CreateBucketAsync(Token);
        await using var gateway = await StartAsync(Settings(bucket));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var hook = await TestHook.MakeAsync(gateway, new { name = "uploads", kind = "s3", rules = new object[] { new { model = "digits" } } });
        await bucket.OverwriteAsync("there.safetensors", Checkpoint(1).Bytes, Token);
        var states = new List<string?>();

        foreach (var key in new[] { "there.safetensors", "gone.safetensors" })
        {
            var answer = await hook.SendAsync(TestHook.Notification("ceph:s3", ("ObjectCreated:Put", bucket.Name, key, "1")));
            states.Add((await EndAsync(client, (await BodyAsync(answer)).GetProperty("eventKey").GetString()!)).GetProperty("state").GetString());
        }

        states.ShouldBe([EventStates.Unmatched, EventStates.Rejected]);
    }

    [Theory]
    [InlineData("s3://bucket/key", "bucket", "key")]
    [InlineData("s3://bucket/a/b c+d%20.safetensors", "bucket", "a/b c+d%20.safetensors")]
    [InlineData("s3://b/key", null, null)]
    [InlineData("s3://Bucket/key", null, null)]
    [InlineData("s3://../key", null, null)]
    [InlineData("s3://bucket/", null, null)]
    [InlineData("s3://bucket", null, null)]
    [InlineData("s3:///key", null, null)]
    [InlineData("http://bucket/key", null, null)]
    [InlineData("s3://bucket/a\nb", null, null)]
    [InlineData("s3://bucket/ ", null, null)]
    [InlineData("s3://bucket/../private/x.safetensors", null, null)]
    [InlineData("s3://bucket/a/./b", null, null)]
    [InlineData("s3://bucket/a//b", null, null)]
    [InlineData("s3://bucket/a/..", null, null)]
    [InlineData("s3://bucket/a..b/.c/", "bucket", "a..b/.c/")]
    public void An_address_of_an_object_has_one_form(string text, string? bucket, string? key)
    {
        var source = SourceAddress.Parse(text);
        (source?.Bucket, source?.Key).ShouldBe((bucket, key));
    }

    private static async Task<JsonElement> AdoptAsync(HttpClient client, object request)
    {
        var answer = await client.PostAsync("/v1/artifacts", Json(request), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var adoptionId = (await BodyAsync(answer)).GetProperty("adoptionId").GetString();
        while (true)
        {
            var found = await BodyAsync(await client.GetAsync($"/v1/artifacts/adoptions/{adoptionId}", Token));
            if (found.GetProperty("state").GetString() != AdoptionState.Accepted)
                return found;
            await Task.Delay(20, Token);
        }
    }

    private (byte[] Bytes, string Digest) Checkpoint(int seed)
    {
        var path = Network(seed).Save(_folder.File($"{seed}.safetensors"));
        return (File.ReadAllBytes(path), ContentDigest.OfFile(path));
    }

    private static (string, string)[] Settings(ObjectStoreBucket bucket) =>
    [
        ("Gateway:Buckets", $"{bucket.Name}, not-there"), ("Adoption:Endpoint", bucket.Address.Endpoint.GetLeftPart(UriPartial.Authority)),
        ("Adoption:AccessKey", bucket.Address.AccessKey), ("Adoption:SecretKey", bucket.Address.SecretKey),
    ];
}
