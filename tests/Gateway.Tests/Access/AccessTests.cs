using System.Net;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Access;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Access;

/// <summary>Who gets in, and who does not.</summary>
public sealed class AccessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_lets_in_the_roles_that_its_description_names_and_nobody_else()
    {
        await using var gateway = await StartAsync([.. new[] { "Unknown", "Publisher", "Client", "Viewer", "Operator" }.Select(who => ($"Gateway:{who}Rate", "1000"))]);
        using var nobody = gateway.Client();
        var document = JsonDocument.Parse(await nobody.GetStringAsync("/openapi/v1.json", Token)).RootElement;
        var clients = new Dictionary<string, HttpClient>();
        foreach (var role in AccessRoles.All)
            clients[role] = await gateway.ClientAsync(role);
        var looked = 0;

        foreach (var (method, path, operation) in Operations(document))
        {
            if (!operation.TryGetProperty("security", out _))
            {
                (path.StartsWith("/health/", StringComparison.Ordinal) || path.EndsWith("/content", StringComparison.Ordinal) || method == HttpMethod.Options || path is "/v1/hooks/{name}/{path}" or "/v1/schemas/{name}/{version}").ShouldBeTrue($"{method} {path} needs no key");
                continue;
            }
            var allowed = operation.GetProperty("description").GetString()!["Roles: ".Length..].TrimEnd('.').Split(", ");
            var address = path.Replace("{uploadId}", new string('0', 32)).Replace("{digest}", new string('0', 64)).Replace("{", "").Replace("}", "");
            (await nobody.SendAsync(new HttpRequestMessage(method, address), Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            foreach (var role in AccessRoles.All)
            {
                // A stream has no end.
                using var answer = await clients[role].SendAsync(new HttpRequestMessage(method, address), HttpCompletionOption.ResponseHeadersRead, Token);
                var status = answer.StatusCode;
                (status == HttpStatusCode.Forbidden).ShouldBe(!allowed.Contains(role), $"{method} {path} as {role}: {status}");
                status.ShouldNotBe(HttpStatusCode.InternalServerError, $"{method} {path} as {role}");
                looked++;
            }
        }

        looked.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task A_key_that_is_missing_wrong_expired_or_revoked_is_answered_alike()
    {
        await using var gateway = await StartAsync();
        var (revoked, revokedToken) = await gateway.Keys.CreateAsync(new NewKey(AccessRoles.Admin), Token);
        await gateway.Keys.RevokeAsync(revoked.KeyId, Token);
        var (_, expired) = await gateway.Keys.CreateAsync(new NewKey(AccessRoles.Admin, ExpiresAt: DateTimeOffset.UtcNow.AddMilliseconds(30)), Token);
        await Task.Delay(50, Token);
        var bodies = new HashSet<string>();

        foreach (var token in new[] { null, "", "spk_nonsense", AccessToken.Create().Text, revokedToken, expired })
        {
            using var client = gateway.Client(token);
            var answer = await client.GetAsync("/v1/keys", Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
            bodies.Add((await BodyAsync(answer)).GetProperty("errors").ToString());
        }

        bodies.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_in_the_address_is_refused()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Admin);

        (await CodesAsync(await client.GetAsync("/v1/keys?access_token=spk_x", Token))).ShouldBe(["token-in-query"]);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back_and_others_are_not()
    {
        await using var gateway = await StartAsync(("Gateway:ViewerRate", "1"));
        using var client = await gateway.ClientAsync(AccessRoles.Viewer);
        using var other = await gateway.ClientAsync(AccessRoles.Viewer);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
            answers.Add(await client.GetAsync("/v1/recipes", Token));

        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThanOrEqualTo(1);
        answers[0].StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_guesses_keys_is_held_back()
    {
        await using var gateway = await StartAsync();
        using var guesser = gateway.Client();
        using var client = await gateway.ClientAsync(AccessRoles.Viewer);
        (await client.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => guesser.GetAsync("/v1/recipes", Token)));

        answers.ShouldContain(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        (await client.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.OK, "a key that is known is let in from the same address");
    }

    [Fact]
    public async Task Changes_and_refusals_are_written_down_without_bodies_and_tokens()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        using var viewer = await gateway.ClientAsync(AccessRoles.Viewer);
        await StoreRecipeAsync(admin, "small", TestGateway.Recipe);
        await viewer.PostAsync("/v1/runs", Json(new { secret = "do not keep this" }), Token);
        await admin.GetAsync("/v1/recipes", Token);

        var text = (await BodyAsync(await admin.GetAsync("/v1/audit", Token))).GetProperty("items").ToString();

        var entries = JsonDocument.Parse(text).RootElement.EnumerateArray().Select(e => $"{e.GetProperty("method").GetString()} {e.GetProperty("path").GetString()} {e.GetProperty("status").GetInt32()}");
        entries.ShouldBe(["PUT /v1/recipes/small 201", "POST /v1/runs 403"]);
        text.ShouldNotContain("do not keep this");
        text.ShouldNotContain(admin.DefaultRequestHeaders.Authorization!.Parameter!);
    }

    [Fact]
    public async Task An_admin_lists_and_revokes_keys()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        var (key, token) = await gateway.Keys.CreateAsync(new NewKey(AccessRoles.Viewer, Label: "a viewer"), Token);
        using var viewer = gateway.Client(token);
        (await viewer.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await admin.PostAsync($"/v1/keys/{key.KeyId}/revoke", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await viewer.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var listed = (await admin.GetStringAsync("/v1/keys", Token));
        listed.ShouldContain("a viewer");
        listed.ShouldNotContain(key.SecretHash);
        (await admin.PostAsync("/v1/keys/aaaaaaaaaaaa/revoke", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static IEnumerable<(HttpMethod Method, string Path, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (HttpMethod.Parse(operation.Name), path.Name, operation.Value);
}
