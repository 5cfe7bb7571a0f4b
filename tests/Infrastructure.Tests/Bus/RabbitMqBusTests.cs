using System.Text;
using System.Text.Json;
using MassTransit;
using RabbitMQ.Client;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus.Errors;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Bus;

public sealed class RabbitMqBusTests(BrokerServer broker)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_reaches_no_queue_is_an_error_of_its_sender()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var bus = await TestBus.StartAsync(host);

        await Should.ThrowAsync<MessageReturnedException>(() => bus.SendAsync(TestBus.Command()));
    }

    [Fact]
    public async Task An_event_nobody_listens_to_is_no_error()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var bus = await TestBus.StartAsync(host);

        await Should.NotThrowAsync(() => bus.Bus.Publish(new RunNudged { RunId = "run" }, Cancelled));
    }

    [Fact]
    public async Task A_command_sent_before_its_service_runs_waits_for_it()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await TestBus.DeployAsync(host);
        await using (var sender = await TestBus.StartAsync(host))
            await sender.SendAsync(TestBus.Command(key: "early"));
        var obeyed = new TaskCompletionSource<string>();

        await using var service = await TestBus.StartAsync(host, command => Task.FromResult(obeyed.TrySetResult(command.StepKey)));

        (await obeyed.Task.WaitAsync(Eventually.Limit, Cancelled)).ShouldBe("early");
    }

    [Fact]
    public async Task A_message_no_consumer_can_read_ends_in_the_error_queue()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var bus = await TestBus.StartAsync(host, _ => Task.CompletedTask);

        await PublishRawAsync(host, "this is no JSON", "application/vnd.masstransit+json");

        var failed = await SingleFailureAsync(host);
        failed.Queue.ShouldBe("prune-checkpoint_error");
        failed.Body.ShouldBe("this is no JSON");
        failed.Exception.ShouldNotBeNull().ShouldContain("Json");
    }

    [Fact]
    public async Task A_message_of_a_type_the_endpoint_does_not_know_ends_in_the_skipped_queue()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var bus = await TestBus.StartAsync(host, _ => Task.CompletedTask);

        await (await bus.Bus.GetSendEndpoint(TestBus.Pruner)).Send(new RunNudged { RunId = "lost-run" }, Cancelled);

        var failed = await SingleFailureAsync(host);
        failed.Queue.ShouldBe("prune-checkpoint_skipped");
        failed.Type.ShouldBe("RunNudged");
        failed.RunId.ShouldBe("lost-run");
    }

    [Fact]
    public async Task A_message_that_kills_whoever_takes_it_ends_in_the_error_queue_instead_of_coming_back_for_ever()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await TestBus.DeployAsync(host);
        await using (var sender = await TestBus.StartAsync(host))
            await sender.SendAsync(TestBus.Command(key: "deadly"));
        await using var connection = await new ConnectionFactory { Uri = host.Uri }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);

        var deliveries = 0;
        while (await channel.BasicGetAsync("prune-checkpoint", autoAck: false, Cancelled) is { } message)
        {
            deliveries++;
            await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, Cancelled);
        }

        deliveries.ShouldBe(21);
        var failed = await SingleFailureAsync(host);
        failed.StepKey.ShouldBe("deadly");
        failed.Reason.ShouldContain("too many deliveries");
    }

    [Fact]
    public async Task Whoever_follows_a_run_has_a_queue_that_gets_its_events_alone_and_goes_with_the_follower()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var first = await FollowingProcess.StartAsync(host);
        await using var second = await FollowingProcess.StartAsync(host);
        using var one = first.Watch("run");
        using var other = second.Watch("run");
        var ear = await first.ListenAsync("run");
        await using var otherEar = await second.ListenAsync("run");
        await using var idle = await second.ListenAsync("idle");

        for (var i = 0; i < 50; i++)
            await first.PublishAsync(Started("foreign"));
        await first.PublishAsync(Started("run"));

        (await one.NextAsync(Cancelled)).ShouldHaveSingleItem().ShouldBeOfType<StepStarted>().RunId.ShouldBe("run");
        (await other.NextAsync(Cancelled)).ShouldHaveSingleItem().ShouldBeOfType<StepStarted>().RunId.ShouldBe("run");
        var queues = await FollowersAsync(host);
        queues.Count.ShouldBe(3);
        queues.ShouldAllBe(q => q.GetProperty("arguments").GetProperty("x-expires").GetInt32() == 60_000);
        (await Eventually.GetAsync(() => FollowersAsync(host), found => found.Sum(Published) >= 2)).Sum(Published).ShouldBe(2);

        await ear.DisposeAsync();
        (await Eventually.GetAsync(() => FollowersAsync(host), found => found.Count == 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_envelope_written_by_hand_as_documented_is_understood()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var process = await FollowingProcess.StartAsync(host);
        using var watch = process.Watch("sms-digits-0123456789ab");
        await using var ear = await process.ListenAsync("sms-digits-0123456789ab");
        const string Message = """
            {
              "messageType": ["urn:message:SparsePipeline.Contracts:StepStarted"],
              "message": { "runId": "sms-digits-0123456789ab", "stepKey": "key", "kind": "prune", "at": "2026-01-01T00:00:00Z" }
            }
            """;

        await PublishRawAsync(host, Message, "application/vnd.masstransit+json", "SparsePipeline.Contracts:StepStarted", "sms-digits-0123456789ab");

        (await watch.NextAsync(Cancelled)).ShouldHaveSingleItem().ShouldBeOfType<StepStarted>().StepKey.ShouldBe("key");
    }

    [Fact]
    public async Task A_worker_leaves_no_queue_behind_but_its_own()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using (var bus = await TestBus.StartAsync(host, _ => Task.CompletedTask))
            await bus.SendAsync(TestBus.Command());

        (await host.ListAsync("queues", Cancelled)).Select(NameOf).Order()
            .ShouldBe(["prune-checkpoint", "prune-checkpoint_error", "prune-checkpoint_skipped"]);
    }

    private static StepStarted Started(string runId) => new() { RunId = runId, StepKey = "key", Kind = StepKinds.Prune, At = DateTimeOffset.UnixEpoch };

    private static async Task<List<JsonElement>> FollowersAsync(BrokerVirtualHost host) =>
        [.. (await host.ListAsync("queues", Cancelled)).Where(q => NameOf(q).StartsWith("follow-run-", StringComparison.Ordinal))];

    // Statistics come a few seconds late.
    private static int Published(JsonElement queue) =>
        queue.TryGetProperty("message_stats", out var stats) && stats.TryGetProperty("publish", out var count) ? count.GetInt32() : 0;

    private static string NameOf(JsonElement entity) => entity.GetProperty("name").GetString()!;

    private static async Task<FailedMessage> SingleFailureAsync(BrokerVirtualHost host)
    {
        var errors = host.ErrorQueues();
        return (await Eventually.GetAsync(() => errors.ListAsync(new(), 10, Cancelled), found => found.Count > 0)).ShouldHaveSingleItem();
    }

    private static async Task PublishRawAsync(BrokerVirtualHost host, string body, string contentType, string exchange = "prune-checkpoint", string routingKey = "")
    {
        await using var connection = await new ConnectionFactory { Uri = host.Uri }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        await channel.BasicPublishAsync(
            exchange, routingKey, mandatory: true, new BasicProperties { ContentType = contentType }, Encoding.UTF8.GetBytes(body), Cancelled);
    }
}
