using System.Net;
using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Hooks;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Hooks;

public sealed class HookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_vector_of_Standard_Webhooks_is_signed_as_its_specification_says()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        const string Expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        var body = "{\"test\": 2432232314}"u8;
        var at = DateTimeOffset.FromUnixTimeSeconds(1614265330);

        StandardSignature.Sign(Secret, Id, "1614265330", body).ShouldBe(Expected);
        StandardSignature.IsValid([StandardSignature.NewSecret(), Secret], Id, "1614265330", body, $"v1,AAAA {Expected}", at.AddSeconds(300)).ShouldBeTrue();
        StandardSignature.IsValid([Secret], Id, "1614265330", body, Expected, at.AddSeconds(301)).ShouldBeFalse("it was kept and sent again");
        StandardSignature.IsValid([Secret], Id, "1614265331", body, Expected, at).ShouldBeFalse();
        StandardSignature.IsValid([Secret], Id + "x", "1614265330", body, Expected, at).ShouldBeFalse();
        StandardSignature.IsValid([Secret], Id, "1614265330", "{\"test\": 2432232315}"u8, Expected, at).ShouldBeFalse();
        StandardSignature.IsValid([Secret], Id, "soon", body, Expected, at).ShouldBeFalse();
    }

    [Fact]
    public async Task A_signed_message_is_an_event_and_the_same_again_is_the_same_event()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await StoreRecipeAsync(client, "small", TestGateway.Recipe);
        var hook = await MakeAsync(client);
        var body = JsonSerializer.Serialize(new { checkpoint = await gateway.StoreCheckpointAsync() }, ContractJson.Options);

        var first = await SendAsync(gateway, hook, "msg-1", body);
        var second = await SendAsync(gateway, hook, "msg-1", body);

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.OK));
        var ended = await EndAsync(client, (await BodyAsync(first)).GetProperty("eventKey").GetString()!);
        (ended.GetProperty("state").GetString(), ended.GetProperty("source").GetString(), ended.GetProperty("id").GetString()).ShouldBe((EventStates.Dispatched, "/hooks/training", "msg-1"));
    }

    [Fact]
    public async Task A_message_that_is_not_signed_as_it_should_be_is_refused_and_what_is_no_news_is_ignored()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var hook = await MakeAsync(client);

        (await CodesAsync(await SendAsync(gateway, hook, "1", "{}", secret: StandardSignature.NewSecret()))).ShouldBe(["bad-signature"]);
        (await CodesAsync(await SendAsync(gateway, hook, "1", "{}", age: TimeSpan.FromSeconds(310)))).ShouldBe(["bad-signature"]);
        (await SendAsync(gateway, hook, "1", "{}", path: new string('0', 32))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var other in new[] { "no JSON", "[]", "{\"specversion\":\"1.0\",\"type\":\"com.example.other\",\"data\":{}}" })
            (await BodyAsync(await SendAsync(gateway, hook, "1", other))).GetProperty("ignored").GetBoolean().ShouldBeTrue();
        (await SendAsync(gateway, hook, "1", "{}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "it says that it is news and does not say of what");
    }

    [Fact]
    public async Task The_secret_before_stays_good_until_the_next_rotation_and_a_deleted_hook_is_gone()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var hook = await MakeAsync(client);
        var first = hook.GetProperty("secret").GetString()!;
        (await CodesAsync(await PostOnceAsync(client, "/v1/hooks", new { name = "training", kind = "standard" }))).ShouldBe(["hook-exists"]);

        var rotated = (await BodyAsync(await PostOnceAsync(client, "/v1/hooks/training/rotate"))).GetProperty("secret").GetString()!;
        foreach (var secret in new[] { first, rotated })
            (await SendAsync(gateway, hook, "1", "no news", secret)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await PostOnceAsync(client, "/v1/hooks/training/rotate");
        (await SendAsync(gateway, hook, "1", "no news", first)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.GetStringAsync("/v1/hooks", Token)).ShouldNotContain("whsec_");
        (await client.DeleteAsync("/v1/hooks/training", Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await SendAsync(gateway, hook, "1", "no news", rotated)).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_rotation_that_is_sent_again_rotates_once()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var hook = await MakeAsync(client);

        foreach (var _ in new[] { 1, 2 })
            (await PostAsync(client, "/v1/hooks/training/rotate", body: null, "one")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await SendAsync(gateway, hook, "1", "no news")).StatusCode.ShouldBe(HttpStatusCode.Accepted, "its first secret is the one before");
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_hook_is_told_at_once()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);

        var cases = new (object Body, string[] Fields)[]
        {
            (new { name = "../x", kind = "gitlab", recipe = "A" }, ["name", "kind", "recipe"]),
            (new { name = "a", kind = "s3", model = "digits" }, ["rules", "model"]),
            (new { name = "a", kind = "s3", rules = new object[] { new { prefix = "a/", alias = "b" } } }, ["rules[0].model", "rules[0].alias"]),
            (new { name = "a", kind = "github", rules = new object[] { new { model = "digits", mirror = "/etc" } } }, ["rules[0].mirror"]),
            (new { name = "a", kind = "mlflow", rules = new object[] { new { model = "digits", tag = "ready" } } }, ["rules[0].tag"]),
            (new { name = "a", kind = "wandb", rules = new object[] { new { model = "digits" } } }, ["rules"]),
        };
        foreach (var (body, fields) in cases)
            (await BodyAsync(await PostOnceAsync(client, "/v1/hooks", body))).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ShouldBe(fields);
    }

    private static async Task<JsonElement> MakeAsync(HttpClient client)
    {
        var answer = await PostOnceAsync(client, "/v1/hooks", new { name = "training", kind = "standard", model = "digits", recipe = "small" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await BodyAsync(answer);
    }

    [Fact]
    public async Task What_was_refused_at_a_hook_does_not_bring_its_address_into_the_audit()
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "training", kind = "standard", model = "digits" });

        ((int)(await hook.SendAsync("{}")).StatusCode).ShouldBe(401);

        var entries = new List<string>();
        while (entries.Count(e => e.Contains("/v1/hooks/training/", StringComparison.Ordinal)) == 0)
        {
            entries.Clear();
            await foreach (var path in gateway.Objects.ListAsync("audit/", Token))
                entries.Add(System.Text.Encoding.UTF8.GetString((await gateway.Objects.ReadAsync(path, Token))!.Content.Span));
        }
        var address = new Uri(hook.Url).Segments[^1];
        entries.ShouldNotContain(e => e.Contains(address, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Records":[{"eventName":"\ud800"}]}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task A_message_with_half_a_character_is_no_news(string body)
    {
        await using var gateway = await StartAsync();
        var hook = await TestHook.MakeAsync(gateway, new { name = "bucket", kind = "s3", rules = new object[] { new { prefix = "digits/", model = "digits" } } });

        (await TestHook.IsIgnoredAsync(await hook.SendAsync(body))).ShouldBeTrue();
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestGateway gateway, JsonElement hook, string id, string body, string? secret = null, TimeSpan age = default, string? path = null)
    {
        using var nobody = gateway.Client();
        var url = hook.GetProperty("url").GetString()!;
        var seconds = $"{(DateTimeOffset.UtcNow - age).ToUnixTimeSeconds()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path is null ? url : url[..^path.Length] + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", seconds);
        request.Headers.TryAddWithoutValidation("webhook-signature", StandardSignature.Sign(secret ?? hook.GetProperty("secret").GetString()!, id, seconds, Encoding.UTF8.GetBytes(body)));
        return await nobody.SendAsync(request, Token);
    }
}
