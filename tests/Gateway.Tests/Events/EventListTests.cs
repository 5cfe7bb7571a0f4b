using System.Net;
using SparsePipeline.Contracts;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Events;

/// <summary>Who sees which events, and in which order.</summary>
public sealed class EventListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publisher_publishes_its_models_and_sees_its_own_events_only()
    {
        await using var gateway = await StartAsync();
        using var publisher = await gateway.ClientAsync(AccessRoles.Publisher, "digits", "mnist-*");
        using var another = await gateway.ClientAsync(AccessRoles.Publisher);
        using var viewer = await gateway.ClientAsync(AccessRoles.Viewer);
        var checkpoint = await gateway.StoreCheckpointAsync();

        (await CodesAsync(await PublishAsync(publisher, Event("1", new { model = "letters", checkpoint })))).ShouldBe(["scope"]);
        var key = (await BodyAsync(await PublishAsync(publisher, Event("2", new { model = "mnist-small", checkpoint })))).GetProperty("eventKey").GetString();

        (await publisher.GetAsync($"/v1/events/{key}", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await another.GetAsync($"/v1/events/{key}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await BodyAsync(await another.GetAsync("/v1/events", Token))).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await BodyAsync(await viewer.GetAsync("/v1/events?model=mnist-small", Token))).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Pages_hold_all_events_newest_first_each_once()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var checkpoint = await gateway.StoreCheckpointAsync();
        for (var i = 0; i < 7; i++)
            await PublishAsync(client, Event($"{i}", new { model = "digits", checkpoint }));

        var (ids, cursor) = (new List<string>(), "");
        do
        {
            var page = await BodyAsync(await client.GetAsync($"/v1/events?limit=3{cursor}", Token));
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetString()!));
            if (ids.Count == 3)
                await PublishAsync(client, Event("late", new { model = "digits", checkpoint }));
            cursor = page.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : "";
        }
        while (cursor.Length > 0);

        ids.ShouldBe(["6", "5", "4", "3", "2", "1", "0"]);
        (await CodesAsync(await client.GetAsync("/v1/events?cursor=abc", Token))).ShouldBe(["invalid-query"]);
        (await CodesAsync(await client.GetAsync("/v1/events?limit=0", Token))).ShouldBe(["invalid-query"]);
    }

    [Fact]
    public async Task Events_of_days_long_ago_are_listed_after_those_of_today()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var checkpoint = await gateway.StoreCheckpointAsync();
        var old = (await BodyAsync(await PublishAsync(client, Event("old", new { model = "digits", checkpoint })))).GetProperty("eventKey").GetString()!;
        await EndAsync(client, old);
        // As if it had come two months ago.
        var entry = (await gateway.Objects.ListAsync("index/events/", Token).SingleAsync(Token));
        await gateway.Objects.DeleteAsync(entry, Token);
        await gateway.Objects.WriteAsync($"index/events/{DateTime.UtcNow.AddDays(-60):yyyy-MM-dd}/{entry.Split('/')[^1]}", "{}"u8.ToArray(), Token);
        await PublishAsync(client, Event("new", new { model = "digits", checkpoint }));

        var first = await BodyAsync(await client.GetAsync("/v1/events?limit=1", Token));
        var second = await BodyAsync(await client.GetAsync($"/v1/events?limit=1&cursor={first.GetProperty("next").GetString()}", Token));

        (first.GetProperty("items")[0].GetProperty("id").GetString(), second.GetProperty("items")[0].GetProperty("id").GetString()).ShouldBe(("new", "old"));
        second.TryGetProperty("next", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Instants_are_those_of_UTC_and_what_tells_writers_apart_is_not_shown()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var key = (await BodyAsync(await PublishAsync(client, Event("1", new { model = "digits", checkpoint = await gateway.StoreCheckpointAsync() })))).GetProperty("eventKey").GetString();

        var found = await BodyAsync(await client.GetAsync($"/v1/events/{key}", Token));

        found.GetProperty("receivedAt").GetString()!.ShouldEndWith("Z");
        found.TryGetProperty("nonce", out _).ShouldBeFalse();
    }
}
