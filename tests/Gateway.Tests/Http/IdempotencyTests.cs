using System.Net;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Steps;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Http;

/// <summary>Requests that are sent again.</summary>
public sealed class IdempotencyTests
{
    private static readonly object Wanted = new { role = "viewer", label = "dashboard" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_again_is_answered_alike_without_the_secret_and_has_no_second_effect()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);

        var first = await SendAsync(admin, "one", Wanted);
        var second = await SendAsync(admin, "one", Wanted);

        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created));
        (first.Headers.Contains("Idempotency-Replayed"), second.Headers.GetValues("Idempotency-Replayed").Single()).ShouldBe((false, "true"));
        var (made, replayed) = (await BodyAsync(first), await BodyAsync(second));
        replayed.GetProperty("keyId").GetString().ShouldBe(made.GetProperty("keyId").GetString());
        replayed.TryGetProperty("token", out _).ShouldBeFalse();
        (await KeysAsync(gateway)).Count.ShouldBe(2, "the admin's and the viewer's");
        var secret = made.GetProperty("token").GetString()![17..60];
        await foreach (var path in gateway.Objects.ListAsync("", Token))
            Encoding.UTF8.GetString((await gateway.Objects.ReadAsync(path, Token))!.Content.Span).ShouldNotContain(secret, Case.Sensitive, path);
        (await SendAsync(admin, "two", Wanted)).Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_of_a_request_is_needed_and_good_for_that_request_only()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        using var other = await gateway.ClientAsync(AccessRoles.Admin);
        (await SendAsync(admin, "one", Wanted)).StatusCode.ShouldBe(HttpStatusCode.Created);

        foreach (var wrong in new[] { null, "", "with blank", new string('x', 129) })
            (await CodesAsync(await SendAsync(admin, wrong, Wanted))).ShouldBe(["idempotency-key-missing"]);
        var reused = await SendAsync(admin, "one", new { role = "admin" });
        (reused.StatusCode, (await CodesAsync(reused))[0]).ShouldBe((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"));
        (await SendAsync(other, "one", new { role = "publisher" })).StatusCode.ShouldBe(HttpStatusCode.Created, "keys of requests are the sender's own");
    }

    [Fact]
    public async Task A_request_that_was_refused_may_be_corrected_under_its_key()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);

        (await SendAsync(admin, "one", new { role = "root" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await SendAsync(admin, "one", Wanted)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_somebody_died_doing_is_done_again_by_another_replica_and_makes_no_second_key(bool hadActed)
    {
        await using var gateway = await StartAsync();
        await using var beside = await BesideAsync(gateway);
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        using var there = beside.Client(admin.DefaultRequestHeaders.Authorization!.Parameter);
        var first = await BodyAsync(await SendAsync(admin, "one", Wanted));
        var keyId = first.GetProperty("keyId").GetString()!;
        var path = (await gateway.Objects.ListAsync("requests/", Token).ToListAsync(Token)).ShouldHaveSingleItem();
        var done = (await gateway.Objects.ReadAsync<IdempotentRequest>(path, Token))!;
        if (!hadActed)
            await gateway.Objects.DeleteAsync($"keys/{keyId}.json", Token);
        var pending = done with { State = IdempotentRequest.Pending, Status = null, Body = null };
        await gateway.Objects.WriteAsync(path, Documents.Write(pending), Token);

        var alive = await SendAsync(there, "one", Wanted);
        (alive.StatusCode, (await CodesAsync(alive))[0], alive.Headers.RetryAfter!.Delta).ShouldBe((HttpStatusCode.Conflict, "in-progress", TimeSpan.FromSeconds(1)));
        await gateway.Objects.WriteAsync(path, Documents.Write(pending with { At = pending.At.AddMinutes(-2) }), Token);
        var again = await SendAsync(there, "one", Wanted);

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        var made = await BodyAsync(again);
        made.GetProperty("keyId").GetString().ShouldBe(keyId);
        (await KeysAsync(gateway)).Count.ShouldBe(2);
        using var viewer = beside.Client(made.GetProperty("token").GetString());
        (await viewer.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var unseen = beside.Client(first.GetProperty("token").GetString());
        (await unseen.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Many_at_once_have_one_effect_and_one_answer_with_a_token()
    {
        await using var gateway = await StartAsync();
        await using var beside = await BesideAsync(gateway);
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        using var there = beside.Client(admin.DefaultRequestHeaders.Authorization!.Parameter);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => SendAsync(i % 2 == 0 ? admin : there, "one", Wanted)));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.Conflict);
        var tokens = 0;
        foreach (var answer in answers)
            tokens += (await BodyAsync(answer)).TryGetProperty("token", out _) ? 1 : 0;
        tokens.ShouldBe(1);
        (await KeysAsync(gateway)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_is_made_for_a_client_of_a_federation_with_all_that_is_wrong_told_at_once()
    {
        await using var gateway = await StartAsync();
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);

        var wrong = await SendAsync(admin, "one", new { role = "viewer", models = Array.Empty<string>(), label = "", expiresAt = "tomorrow", federation = "hospitals", clientId = "a", secret = "x" });
        (await BodyAsync(wrong)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ShouldBe(
            ["models", "label", "expiresAt", "federation", "clientId", "secret"], ignoreOrder: true);
        (await CodesAsync(await SendAsync(admin, "two", new { role = "client" }))).ShouldBe(["missing-field", "missing-field"]);
        (await CodesAsync(await SendAsync(admin, "two", new { role = "viewer", expiresAt = "2026-01-01T00:00:00Z" }))).ShouldBe(["invalid-option"]);
        var made = await BodyAsync(await SendAsync(admin, "three", new { role = "client", federation = "hospitals", clientId = "north", expiresAt = "2126-01-01T00:00:00Z" }));

        var key = (await KeysAsync(gateway)).Single(k => k.Role == AccessRoles.Client);
        (key.KeyId, key.Federation, key.ClientId, key.CreatedBy).ShouldBe((made.GetProperty("keyId").GetString(), "hospitals", "north", AccessToken.Parse(admin.DefaultRequestHeaders.Authorization!.Parameter!)!.KeyId));
        using var client = gateway.Client(made.GetProperty("token").GetString());
        (await client.PostAsync("/v1/uploads", Json(new { sha256 = new string('a', 64), sizeBytes = 1, format = "safetensors" }), Token)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await client.GetAsync("/v1/recipes", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<List<AccessKey>> KeysAsync(TestGateway gateway) => await gateway.Keys.ListAsync(after: null, Token).ToListAsync(Token);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string? key, object body) => PostAsync(client, "/v1/keys", body, key);
}
