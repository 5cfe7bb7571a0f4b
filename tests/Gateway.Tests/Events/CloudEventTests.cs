using System.Net;
using System.Text;
using SparsePipeline.Contracts;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Events;

/// <summary>The forms an event may have, and what is said of those that have none of them.</summary>
public sealed class CloudEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_binary_event_and_a_batch_say_the_same_as_a_structured_one()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var data = new { model = "digits", checkpoint = await gateway.StoreCheckpointAsync() };
        var structured = await BodyAsync(await PublishAsync(client, Event("a b", data)));
        using var binary = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = Json(data) };
        foreach (var (name, value) in new[] { ("specversion", "1.0"), ("type", EventType), ("source", "/trainings/digits"), ("id", "a%20b"), ("time", "2026-11-30T12:00:00Z"), ("branch", "main") })
            binary.Headers.TryAddWithoutValidation($"ce-{name}", value);

        (await BodyAsync(await client.SendAsync(binary, Token))).GetProperty("eventKey").GetString().ShouldBe(structured.GetProperty("eventKey").GetString());
        var batch = await BodyAsync(await PublishAsync(client, new[] { Event("a b", data), Event("c", data), Event("d", new { model = "Not a name" }), new { } }, "application/cloudevents-batch+json"));

        batch.EnumerateArray().Select(a => a.GetProperty("status").GetInt32()).ShouldBe([200, 202, 400, 400]);
        batch[2].GetProperty("errors").GetArrayLength().ShouldBe(2, "the name is none, and there is no checkpoint");
    }

    [Theory]
    [InlineData("specversion", "\"0.3\"")]
    [InlineData("specversion", "null")]
    [InlineData("type", "\"com.example.other\"")]
    [InlineData("source", "\"\"")]
    [InlineData("id", "null")]
    [InlineData("id", "{}")]
    [InlineData("time", "\"yesterday\"")]
    [InlineData("time", "\"2026-11-30T12:00:00\"")]
    [InlineData("datacontenttype", "\"text/xml\"")]
    [InlineData("dataschema", "\"urn:other\"")]
    [InlineData("data_base64", "\"e30=\"")]
    [InlineData("Extension", "\"upper case\"")]
    public async Task An_attribute_that_is_wrong_is_named(string attribute, string value)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var attributes = new Dictionary<string, string>
        {
            ["specversion"] = "\"1.0\"",
            ["type"] = $"\"{EventType}\"",
            ["source"] = "\"/a\"",
            ["id"] = "\"1\"",
            ["data"] = "{\"model\":\"digits\",\"upload\":\"1\"}",
        };
        attributes[attribute] = value;
        var json = $"{{{string.Join(',', attributes.Select(a => $"\"{a.Key}\":{a.Value}"))}}}";

        var answer = await client.PostAsync("/v1/events", new StringContent(json, Encoding.UTF8, "application/cloudevents+json"), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await BodyAsync(answer)).GetProperty("errors")[0];
        (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()).ShouldBe(("attribute-invalid", attribute));
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_data_is_told_at_once()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        var answer = await PublishAsync(client, Event("1", new { model = "../x", checkpoint = new { digest = "abc", sizeBytes = 0, format = "pickle", path = "/etc" }, uri = "s3://a/b", metrics = new { loss = "low" }, tags = new { a = 1 } }));

        var fields = (await BodyAsync(answer)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ToList();
        fields.ShouldBe(
            ["data.model", "data.checkpoint.digest", "data.checkpoint.sizeBytes", "data.checkpoint.format", "data.checkpoint.path", "data.uri", "data.checkpoint", "data.metrics.loss", "data.tags.a"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/cloudevents+json", "{", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "[]", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "{\"id\":\"1\",\"id\":\"2\"}", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents-batch+json", "{}", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", """{"id":"\ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents-batch+json", """[{"\ud800":1}]""", HttpStatusCode.BadRequest)]
    public async Task What_is_no_event_is_refused(string type, string body, HttpStatusCode status)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        var answer = await client.PostAsync("/v1/events", new StringContent(body, Encoding.UTF8, type), Token);

        answer.StatusCode.ShouldBe(status);
        await CodesAsync(answer);
    }

    [Theory]
    [InlineData(51)]
    [InlineData(100)]
    public async Task The_largest_batch_is_let_through_at_the_rate_that_publishers_have(int count)
    {
        await using var gateway = await StartAsync(("Gateway:PublisherRate", "10"));
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var checkpoint = await gateway.StoreCheckpointAsync();

        var answer = await PublishAsync(client, Enumerable.Range(0, count).Select(i => Event($"{i}", new { model = "digits", checkpoint })).ToArray(), "application/cloudevents-batch+json");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await BodyAsync(answer)).EnumerateArray().ShouldAllBe(one => one.GetProperty("status").GetInt32() == 202);
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_refused()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        var answer = await PublishAsync(client, Event("1", new { model = "digits", upload = "1", tags = new { a = new string('x', 300_000) } }));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("events.example.org", true)]
    [InlineData("evil.example.org", false)]
    [InlineData("", false)]
    public async Task A_sender_that_asks_first_is_let_in_when_its_origin_is_known(string origin, bool allowed)
    {
        await using var gateway = await StartAsync(("Gateway:EventOrigins", "other.example.org, events.example.org"));
        using var nobody = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/events");
        request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", origin);

        var answer = await nobody.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.TryGetValues("WebHook-Allowed-Origin", out var said).ShouldBe(allowed);
        (said?.Single()).ShouldBe(allowed ? origin : null);
        answer.Headers.Contains("WebHook-Allowed-Rate").ShouldBe(allowed);
    }
}
