using System.Net;
using System.Text;
using SparsePipeline.Contracts;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Events;

/// <summary>Events as they come, and what becomes of them.</summary>
public sealed class PublishingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_names_a_recipe_starts_its_run_with_the_checkpoint()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        (await StoreRecipeAsync(client, "small", TestGateway.Recipe)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var checkpoint = await gateway.StoreCheckpointAsync();

        var answer = await PublishAsync(client, Event("1", new { model = "digits", checkpoint, recipe = "small", metrics = new { accuracy = 0.9 } }));

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var ended = await EndAsync(client, (await BodyAsync(answer)).GetProperty("eventKey").GetString()!);
        ended.GetProperty("state").GetString().ShouldBe(EventStates.Dispatched, ended.ToString());
        var runId = ended.GetProperty("outcomes")[0].GetProperty("runId").GetString()!;
        var recipe = (await gateway.Runs.ReadRecipeAsync(runId, Token))!;
        (recipe.Pretraining.Checkpoint, recipe.Pretraining.Epochs).ShouldBe((checkpoint, 0));
        (await gateway.Objects.ReadAsync($"events/pending/{ended.GetProperty("eventKey").GetString()}.json", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Many_who_publish_one_event_at_once_on_two_replicas_make_one_event_and_one_run()
    {
        await using var gateway = await StartAsync();
        await using var other = await BesideAsync(gateway);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        using var second = other.Client(client.DefaultRequestHeaders.Authorization!.Parameter);
        await StoreRecipeAsync(client, "small", TestGateway.Recipe);
        var checkpoint = await gateway.StoreCheckpointAsync();
        var published = Event("1", new { model = "digits", checkpoint, recipe = "small" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => PublishAsync(i % 2 == 0 ? client : second, published)));

        answers.Count(a => a.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Accepted || a.StatusCode == HttpStatusCode.OK);
        var keys = new HashSet<string>();
        foreach (var answer in answers)
            keys.Add((await BodyAsync(answer)).GetProperty("eventKey").GetString()!);
        (await EndAsync(client, keys.Single())).GetProperty("outcomes").GetArrayLength().ShouldBe(1);
        (await gateway.Runs.ListAsync(Token).ToListAsync(Token)).Count.ShouldBe(1);
        (await BodyAsync(await client.GetAsync("/v1/events", Token))).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_id_with_other_data_is_a_conflict_and_changes_nothing()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var (first, second) = (await gateway.StoreCheckpointAsync(1), await gateway.StoreCheckpointAsync(2));
        await PublishAsync(client, Event("1", new { model = "digits", checkpoint = first }));

        (await CodesAsync(await PublishAsync(client, Event("1", new { model = "digits", checkpoint = second })))).ShouldBe(["event-conflict"]);

        (await PublishAsync(client, Event("1", new { checkpoint = first, model = "digits" }))).StatusCode.ShouldBe(HttpStatusCode.OK, "the order of fields says nothing");
    }

    [Fact]
    public async Task Nobody_wants_it_without_a_recipe_and_a_subscription()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        var answer = await PublishAsync(client, Event("1", new { model = "digits", checkpoint = await gateway.StoreCheckpointAsync() }));

        (await EndAsync(client, (await BodyAsync(answer)).GetProperty("eventKey").GetString()!)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
    }

    [Fact]
    public async Task Events_are_rejected_with_a_reason_whose_checkpoint_or_recipe_will_not_do()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await StoreRecipeAsync(client, "trains-itself", TestGateway.Recipe.Replace("{ epochs: 0 }", "{ epochs: 3, learningRate: 0.1 }", StringComparison.Ordinal));
        var sound = await gateway.StoreCheckpointAsync();
        var broken = gateway.Artifacts.CreateTemporaryPath();
        Network(1).Floats("nan", [1], float.NaN).Save(broken);
        var notFinite = await gateway.Artifacts.StoreAsync(broken, ArtifactFormats.Safetensors, Token);
        (string Code, object Data)[] cases =
        [
            (FailureCodes.MissingArtifact, new { model = "digits", checkpoint = sound with { Digest = new string('0', 64) } }),
            (FailureCodes.CorruptArtifact, new { model = "digits", checkpoint = sound with { SizeBytes = 1 } }),
            (FailureCodes.NotFinite, new { model = "digits", checkpoint = notFinite }),
            ("unknown-recipe", new { model = "digits", checkpoint = sound, recipe = "nobody-knows" }),
            ("invalid-recipe", new { model = "digits", checkpoint = sound, recipe = "trains-itself" }),
            ("upload-expired", new { model = "digits", upload = new string('0', 32) }),
        ];

        for (var i = 0; i < cases.Length; i++)
        {
            var answer = await PublishAsync(client, Event($"{i}", cases[i].Data));
            var ended = await EndAsync(client, (await BodyAsync(answer)).GetProperty("eventKey").GetString()!);

            ended.GetProperty("state").GetString().ShouldBe(EventStates.Rejected, cases[i].Code);
            ended.GetProperty("failure").GetProperty("code").GetString().ShouldBe(cases[i].Code);
        }
    }

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
            ["data.model", "data.checkpoint.digest", "data.checkpoint.sizeBytes", "data.checkpoint.format", "data.checkpoint.path", "data.metrics.loss", "data.tags.a", "data.uri"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/cloudevents+json", "{", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "[]", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents+json", "{\"id\":\"1\",\"id\":\"2\"}", HttpStatusCode.BadRequest)]
    [InlineData("application/cloudevents-batch+json", "{}", HttpStatusCode.BadRequest)]
    public async Task What_is_no_event_is_refused(string type, string body, HttpStatusCode status)
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        var answer = await client.PostAsync("/v1/events", new StringContent(body, Encoding.UTF8, type), Token);

        answer.StatusCode.ShouldBe(status);
        await CodesAsync(answer);
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_refused()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        var answer = await PublishAsync(client, Event("1", new { model = "digits", upload = "1", tags = new { a = new string('x', 300_000) } }));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

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
    public async Task A_time_to_come_counts_as_that_of_receipt()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var answer = await PublishAsync(client, new { specversion = "1.0", type = EventType, source = "/a", id = "1", time = "2999-01-01T00:00:00Z", data = new { model = "digits", upload = "1" } });

        var found = await EndAsync(client, (await BodyAsync(answer)).GetProperty("eventKey").GetString()!);

        found.GetProperty("time").GetString().ShouldBe(found.GetProperty("receivedAt").GetString());
    }
}
