using System.Net;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Tests.Hooks;
using SparsePipeline.Gateway.Tests.Serve;
using SparsePipeline.Infrastructure.Bus.Ingest;
using SparsePipeline.Standalone;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Distributed;

/// <summary>Events over AMQP, on a real broker.</summary>
public sealed class IngestTests(BrokerServer brokers)
{
    private const string Structured = "application/cloudevents+json";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_topology_may_be_declared_again_and_is_a_quorum_queue_behind_a_fanout_exchange()
    {
        await using var broker = await brokers.CreateVirtualHostAsync(Token);

        await PipelineTopology.DeployAsync(broker.Settings, Token);
        await PipelineTopology.DeployAsync(broker.Settings, Token);

        var queues = (await broker.ListAsync("queues", Token)).ToDictionary(q => q.GetProperty("name").GetString()!, q => q.GetProperty("arguments"));
        var arguments = queues[IngestTopology.Queue];
        (arguments.GetProperty("x-queue-type").GetString(), arguments.GetProperty("x-delivery-limit").GetInt32(), arguments.GetProperty("x-dead-letter-exchange").GetString())
            .ShouldBe(("quorum", 20, IngestTopology.ErrorQueue));
        queues.ShouldContainKey(IngestTopology.ErrorQueue);
        (await broker.ListAsync("exchanges", Token)).Single(e => e.GetProperty("name").GetString() == IngestTopology.Exchange).GetProperty("type").GetString().ShouldBe("fanout");
    }

    [Fact]
    public async Task A_structured_and_a_binary_message_and_the_one_of_the_page_are_events_as_over_HTTP()
    {
        await using var broker = await brokers.CreateVirtualHostAsync(Token);
        await PipelineTopology.DeployAsync(broker.Settings, Token);
        await using var gateway = await StartAsync(Settings(broker));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var data = new { model = "digits", checkpoint = await gateway.StoreCheckpointAsync() };

        await SendAsync(broker, Structured, Event("structured", data));
        await SendAsync(broker, "application/json", data, Attributes("cloudEvents_", "binary"));
        await SendAsync(broker, "application/json", data, Attributes("cloudEvents:", "colon"));
        await SendAsync(broker, Structured, Event("structured", data));
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "gateway.md"), Token);
        var lines = page.Split("```sh\n").Select(t => t.Split("```")[0]).Single(t => t.Contains("sparsepipeline.ingest", StringComparison.Ordinal));
        var (code, _, error) = await Scripts.RunAsync("/bin/bash", ["-euo", "pipefail", "-c", lines], new Dictionary<string, string>
        {
            ["BROKER"] = broker.Address.Management.ToString().TrimEnd('/'),
            ["VHOST"] = broker.Name,
            ["LOGIN"] = $"{broker.Address.User}:{broker.Address.Password}",
            ["SHA"] = data.checkpoint.Digest,
            ["SIZE"] = $"{data.checkpoint.SizeBytes}",
        });
        code.ShouldBe(0, error);

        var found = await EventuallyAsync(client, count: 4);
        found.Select(e => e.GetProperty("id").GetString()).ShouldBe(["structured", "binary", "colon", "step-1000"], ignoreOrder: true);
        foreach (var one in found)
            (await EndAsync(client, one.GetProperty("eventKey").GetString()!)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
        found.Single(e => e.GetProperty("id").GetString() == "binary").GetProperty("data").GetProperty("tags").GetProperty("ce-branch").GetString().ShouldBe("main");
        (await BodyAsync(await client.GetAsync("/v1/errors", Token))).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_taken_in_is_in_the_error_queue_with_its_reason_and_is_retried_and_dropped_over_HTTP()
    {
        await using var broker = await brokers.CreateVirtualHostAsync(Token);
        await using var gateway = await StartAsync(Settings(broker));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        await ReadyAsync(client);
        var data = new { model = "digits", checkpoint = await gateway.StoreCheckpointAsync() };
        await SendAsync(broker, Structured, Event("1", data));
        await EventuallyAsync(client, count: 1);

        await SendAsync(broker, Structured, Event("1", new { model = "letters", checkpoint = data.checkpoint }), id: "conflict");
        await SendAsync(broker, Structured, new { specversion = "1.0" }, id: "attributes");
        await SendAsync(broker, "text/plain", "hello", id: "nothing");
        await SendAsync(broker, "application/json", JsonDocument.Parse(TestHook.Notification("ceph:s3", ("ObjectCreated:Put", "models", "a", "1"))).RootElement, id: "nobodys");

        var errors = await ErrorsAsync(client, count: 4);
        errors["conflict"].ShouldStartWith("event-conflict: An event of this source and id has been published with other data.");
        errors["attributes"].ShouldContain("The attribute source is missing.");
        errors["nothing"].ShouldStartWith("no-event: ");
        errors["nobodys"].ShouldStartWith("no-hook: ");
        (await BodyAsync(await client.GetAsync("/v1/queues", Token))).GetProperty("items").EnumerateArray()
            .Single(q => q.GetProperty("queue").GetString() == IngestTopology.ErrorQueue).GetProperty("messages").GetInt32().ShouldBe(4);
        await TestHook.MakeAsync(gateway, new { name = "uploads", kind = "s3", rules = new object[] { new { model = "digits" } } });

        (await client.PostAsync("/v1/errors/nobodys/retry", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/v1/errors/nothing/drop", content: null, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await EventuallyAsync(client, count: 2)).ShouldContain(e => e.GetProperty("source").GetString() == "/hooks/uploads/models");
        (await ErrorsAsync(client, count: 2)).Keys.ShouldBe(["conflict", "attributes"], ignoreOrder: true);
        (await CodesAsync(await client.PostAsync("/v1/errors/nothing/drop", content: null, Token))).ShouldBe(["not-found"]);
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        // The gateway declares what nobody else has, and messages to an exchange that is not there would be lost.
        while ((await BodyAsync(await client.GetAsync("/v1/queues", Token))).GetProperty("items").EnumerateArray().All(q => q.GetProperty("queue").GetString() != IngestTopology.Queue))
            await Task.Delay(50, Token);
    }

    private static async Task<List<JsonElement>> EventuallyAsync(HttpClient client, int count)
    {
        while (true)
        {
            var found = (await BodyAsync(await client.GetAsync("/v1/events", Token))).GetProperty("items").EnumerateArray().ToList();
            if (found.Count >= count)
                return found;
            await Task.Delay(50, Token);
        }
    }

    private static async Task<Dictionary<string, string>> ErrorsAsync(HttpClient client, int count)
    {
        while (true)
        {
            var found = (await BodyAsync(await client.GetAsync($"/v1/errors?queue={IngestTopology.Queue}", Token))).GetProperty("items").EnumerateArray().ToList();
            if (found.Count == count)
                return found.ToDictionary(e => e.GetProperty("id").GetString()!, e => e.GetProperty("reason").GetString()!);
            await Task.Delay(50, Token);
        }
    }

    private static (string, string)[] Settings(BrokerVirtualHost broker) => [.. broker.Settings.Select(s => (s.Key, s.Value!))];

    private static Dictionary<string, object?> Attributes(string prefix, string id) => new()
    {
        [prefix + "specversion"] = "1.0",
        [prefix + "type"] = EventType,
        [prefix + "source"] = "/trainings/digits",
        [prefix + "id"] = id,
        [prefix + "branch"] = "main",
    };

    private static async Task SendAsync(BrokerVirtualHost broker, string type, object body, Dictionary<string, object?>? headers = null, string? id = null)
    {
        await using var connection = await new ConnectionFactory { Uri = broker.Uri }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
        var properties = new BasicProperties { ContentType = type, Persistent = true, MessageId = id, Headers = headers };
        var bytes = body is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(body, ContractJson.Options);
        await channel.BasicPublishAsync(IngestTopology.Exchange, routingKey: "", mandatory: true, properties, bytes, Token);
    }
}
