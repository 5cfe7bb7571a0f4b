using System.Net;
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
    public async Task A_time_to_come_counts_as_that_of_receipt()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var answer = await PublishAsync(client, new { specversion = "1.0", type = EventType, source = "/a", id = "1", time = "2999-01-01T00:00:00Z", data = new { model = "digits", upload = "1" } });

        var found = await EndAsync(client, (await BodyAsync(answer)).GetProperty("eventKey").GetString()!);

        found.GetProperty("time").GetString().ShouldBe(found.GetProperty("receivedAt").GetString());
    }
}
