using System.Net;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Hooks.Kinds;

/// <summary>Notifications in the forms of three servers.</summary>
public sealed class S3HookTests
{
    /// <summary>As AWS documents it: a form-encoded key, a version, no <c>s3:</c>.</summary>
    private const string Aws =
        """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-west-2","eventTime":"2026-11-29T00:00:00.000Z","eventName":"ObjectCreated:Put",
        "s3":{"s3SchemaVersion":"1.0","configurationId":"x","bucket":{"name":"models","arn":"arn:aws:s3:::models"},
        "object":{"key":"digits/a+b%20c.safetensors","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"096fKKXTRTtl3on89fVO.nfljtsv6qko","sequencer":"0055AED6DCD90281E5"}}}]}
        """;

    /// <summary>As MinIO sends it: wrapped, with <c>s3:</c>, form-encoded, a sequencer.</summary>
    private const string Minio =
        """
        {"EventName":"s3:ObjectCreated:Put","Key":"models/digits/a+b%20c.safetensors","Records":[{"eventVersion":"2.0","eventSource":"minio:s3","awsRegion":"","eventTime":"2026-11-29T00:00:00.000Z",
        "eventName":"s3:ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","configurationId":"Config","bucket":{"name":"models","arn":"arn:aws:s3:::models"},
        "object":{"key":"digits/a+b%20c.safetensors","size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e","contentType":"application/octet-stream","sequencer":"16A9F1C2D3E4F5A6"}}}]}
        """;

    /// <summary>As Ceph's gateway sends it: the key as it is, <c>etag</c> or <c>eTag</c>, a time with a blank, an empty version.</summary>
    private const string Ceph =
        """
        {"Records":[{"eventVersion":"2.2","eventSource":"ceph:s3","awsRegion":"default","eventTime":"2026-11-29 00:00:00.000000Z","eventName":"ObjectCreated:Put",
        "s3":{"s3SchemaVersion":"1.0","configurationId":"x","bucket":{"name":"models","arn":"arn:aws:s3:default::models","id":"1"},
        "object":{"key":"digits/a+b%20c.safetensors","size":1024,"etag":"d41d8cd98f00b204e9800998ecf8427e","versionId":"","sequencer":""}},"eventId":"1","opaqueData":""}]}
        """;

    [Theory]
    [InlineData(Aws, "digits/a b c.safetensors", "096fKKXTRTtl3on89fVO.nfljtsv6qko", true)]
    [InlineData(Minio, "digits/a b c.safetensors", "16A9F1C2D3E4F5A6", false)]
    [InlineData(Ceph, "digits/a+b%20c.safetensors", "d41d8cd98f00b204e9800998ecf8427e", false)]
    public async Task A_record_of_each_server_is_an_event_about_the_object_it_names(string body, string key, string mark, bool isVersioned)
    {
        await using var gateway = await StartAsync();
        var hook = await MakeAsync(gateway);

        var found = await hook.EventOfAsync(await hook.SendAsync(body));

        (found.Source, found.Id, found.Data.Model, found.Data.Uri, found.Data.VersionId).ShouldBe(
            ("/hooks/uploads/models", $"models/{key}@{mark}", "digits", $"s3://models/{key}", isVersioned ? mark : null));
        (found.Data.Sha256, found.Data.Checkpoint).ShouldBe((null, null), "nothing else in it is believed");
        (await hook.SendAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK, "it is a duplicate");
    }

    [Fact]
    public async Task A_record_for_each_object_that_a_rule_fits_is_an_event_in_whatever_order_they_come()
    {
        await using var gateway = await StartAsync();
        var hook = await MakeAsync(gateway);
        var body = TestHook.Notification(
            "minio:s3", ("s3:ObjectCreated:CompleteMultipartUpload", "models", "digits/2.safetensors", "1"), ("ObjectCreated:Copy", "models", "digits/1.safetensors", "2"),
            ("ObjectCreated:Put", "models", "digits/1.txt", "3"), ("ObjectCreated:Put", "models", "other/1.safetensors", "4"), ("ObjectRemoved:Delete", "models", "digits/1.safetensors", "5"));

        var items = (await BodyAsync(await hook.SendAsync(body))).GetProperty("items");

        var uris = new List<string?>();
        foreach (var item in items.EnumerateArray())
            uris.Add((await gateway.EventAsync(item.GetProperty("eventKey").GetString()!)).Data.Uri);
        uris.ShouldBe(["s3://models/digits/2.safetensors", "s3://models/digits/1.safetensors"]);
    }

    [Theory]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-29T00:00:00.000Z","Bucket":"models","RequestId":"x","HostId":"y"}""")]
    [InlineData("""{"Records":[]}""")]
    [InlineData("""{"Records":{}}""")]
    [InlineData("""{"Records":[1, null, {}, {"eventName":"ObjectCreated:Put"}, {"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"../x"},"object":{"key":"digits/a.safetensors"}}}]}""")]
    [InlineData("no JSON")]
    public async Task What_tells_of_no_object_is_ignored(string body)
    {
        await using var gateway = await StartAsync();
        var hook = await MakeAsync(gateway);

        (await TestHook.IsIgnoredAsync(await hook.SendAsync(body))).ShouldBeTrue();
    }

    [Fact]
    public async Task The_address_is_the_secret_and_the_one_before_stays_good_until_the_next_rotation()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(SparsePipeline.Contracts.AccessRoles.Operator);
        var hook = await MakeAsync(gateway);
        var rotated = new TestHook(gateway, await BodyAsync(await PostOnceAsync(client, "/v1/hooks/uploads/rotate")));

        foreach (var one in new[] { hook, rotated })
            (await TestHook.IsIgnoredAsync(await one.SendAsync("{}"))).ShouldBeTrue();
        await PostOnceAsync(client, "/v1/hooks/uploads/rotate");

        (await hook.SendAsync("{}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await TestHook.IsIgnoredAsync(await rotated.SendAsync("{}"))).ShouldBeTrue();
    }

    private static Task<TestHook> MakeAsync(TestGateway gateway) =>
        TestHook.MakeAsync(gateway, new { name = "uploads", kind = "s3", rules = new object[] { new { prefix = "digits/", suffix = ".safetensors", model = "digits" } } });
}
