using System.Net;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_new_checkpoint_that_matches_is_run_and_one_waits_while_one_runs()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await StoreRecipeAsync(client, "small", TestGateway.Recipe);
        await SubscribeAsync(client, new { match = new { model = "digits", tags = new { branch = "main" }, metrics = new { accuracy = ">= 0.9" } }, recipe = new { name = "small", set = new Dictionary<string, object> { ["sparsification.sparsity"] = 0.75 } } });

        var other = await PublishedAsync(client, gateway, 1, "topic", 0.95);
        var poor = await PublishedAsync(client, gateway, 2, "main", 0.8);
        var first = await PublishedAsync(client, gateway, 3, "main", 0.95);
        (await EndAsync(client, other)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
        (await EndAsync(client, poor)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
        var runId = Outcome(await EndAsync(client, first)).GetProperty("runId").GetString()!;
        (await gateway.Runs.ReadRecipeAsync(runId, Token))!.Sparsification.Sparsity.ShouldBe(0.75);
        var second = await PublishedAsync(client, gateway, 4, "main", 0.95);
        var third = await PublishedAsync(client, gateway, 5, "main", 0.95);

        Outcome(await EndAsync(client, second)).ShouldSatisfyAllConditions(
            o => o.GetProperty("outcome").GetString().ShouldBe(EventOutcome.Superseded), o => o.GetProperty("by").GetString().ShouldBe(third));
        (await BodyAsync(await client.GetAsync($"/v1/events/{third}", Token))).GetProperty("state").GetString().ShouldBe(EventStates.Ready, "one may run at a time");
        await client.PostAsync($"/v1/runs/{runId}/cancel", content: null, Token);

        Outcome(await EndAsync(client, third)).GetProperty("outcome").GetString().ShouldBe(EventOutcome.Started);
        (await gateway.Runs.ListAsync(Token).ToListAsync(Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_start_that_was_written_down_and_not_submitted_is_made_up_for()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await StoreRecipeAsync(client, "small", TestGateway.Recipe);
        await SubscribeAsync(client, new { match = new { model = "digits" }, recipe = new { name = "small" } });
        var key = await PublishedAsync(client, gateway, 1, "main", 1);
        var runId = Outcome(await EndAsync(client, key)).GetProperty("runId").GetString()!;

        // As a crash right after the state was written would have left it.
        foreach (var document in await gateway.Objects.ListAsync($"runs/{runId}/", Token).ToListAsync(Token))
            await gateway.Objects.DeleteAsync(document, Token);

        while (await gateway.Runs.ReadSubmissionAsync(runId, Token) is null)
            await Task.Delay(20, Token);
    }

    [Fact]
    public async Task While_it_is_paused_the_newest_waits_and_a_deleted_one_takes_nothing()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await StoreRecipeAsync(client, "small", TestGateway.Recipe);
        await SubscribeAsync(client, new { match = new { model = "digits" }, recipe = new { name = "small" } });
        (await client.PostAsync("/v1/subscriptions/digits/pause", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var key = await PublishedAsync(client, gateway, 1, "main", 1);
        await Task.Delay(300, Token);
        (await BodyAsync(await client.GetAsync($"/v1/events/{key}", Token))).GetProperty("state").GetString().ShouldBe(EventStates.Ready);

        await client.PostAsync("/v1/subscriptions/digits/resume", content: null, Token);
        Outcome(await EndAsync(client, key)).GetProperty("outcome").GetString().ShouldBe(EventOutcome.Started);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/v1/subscriptions/digits");
        delete.Headers.IfMatch.Add((await client.GetAsync("/v1/subscriptions/digits", Token)).Headers.ETag!);
        (await client.SendAsync(delete, Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await EndAsync(client, await PublishedAsync(client, gateway, 2, "main", 1))).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
        (await client.GetAsync("/v1/subscriptions/digits", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SubscribeAsync(client, new { match = new { model = "digits" }, recipe = new { name = "small" } })).ShouldBe(HttpStatusCode.Created, "the name is free again");
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_subscription_is_told_at_once()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        using var request = Put(new { match = new { model = "Digits", metrics = new { accuracy = "high" }, branch = "main" }, recipe = new { }, concurrency = 0, superseded = "maybe", debounceSeconds = -1, surprise = 1 });

        var answer = await client.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await BodyAsync(answer)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ShouldBe(
            ["match.model", "match.metrics.accuracy", "match.branch", "recipe.name", "concurrency", "superseded", "debounceSeconds", "surprise"], ignoreOrder: true);
        using var unknown = Put(new { match = new { model = "digits" }, recipe = new { name = "nobody-knows" } });
        (await CodesAsync(await client.SendAsync(unknown, Token))).ShouldBe(["unknown-recipe"]);
        (await gateway.Objects.ListAsync("subscriptions/", Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_whose_recipe_will_not_do_is_dropped_with_the_reason()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await StoreRecipeAsync(client, "small", TestGateway.Recipe);
        await SubscribeAsync(client, new { match = new { model = "digits" }, recipe = new { name = "small" } });
        // As if the recipe had been written by a version that knew more.
        var stored = Documents.Read<StoredRecipe>("", (await gateway.Objects.ReadAsync("recipes/small.json", Token))!);
        await gateway.Objects.WriteAsync($"recipes/small/{stored.Version}.json", Documents.Write(stored with { Text = stored.Text + "\nsurprise: 1" }), Token);

        var outcome = Outcome(await EndAsync(client, await PublishedAsync(client, gateway, 1, "main", 1)));

        (outcome.GetProperty("outcome").GetString(), outcome.GetProperty("failure").GetProperty("code").GetString()).ShouldBe((EventOutcome.Dropped, "invalid-recipe"));
    }

    private static async Task<HttpStatusCode> SubscribeAsync(HttpClient client, object subscription)
    {
        using var request = Put(subscription);
        var answer = await client.SendAsync(request, Token);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
        return answer.StatusCode;
    }

    private static HttpRequestMessage Put(object subscription)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/v1/subscriptions/digits") { Content = Json(subscription) };
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        return request;
    }

    private static async Task<string> PublishedAsync(HttpClient client, TestGateway gateway, int number, string branch, double accuracy)
    {
        var checkpoint = await gateway.StoreCheckpointAsync(number);
        var answer = await PublishAsync(client, Event($"{number}", new { model = "digits", checkpoint, tags = new { branch }, metrics = new { accuracy } }));
        return (await BodyAsync(answer)).GetProperty("eventKey").GetString()!;
    }

    private static JsonElement Outcome(JsonElement published) => published.GetProperty("outcomes")[0];
}
