using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Bus;

/// <summary>Names on the broker are a contract with running services of other versions and with programs outside.</summary>
public sealed class TopologyTests(BrokerServer broker)
{
    private static readonly string[] Endpoints =
    [
        "collect-statistics", "cook-soup", "evaluate-checkpoint", "plan-collect", "plan-evaluation", "plan-pruning", "plan-soup", "plan-time", "plan-training", "prune-checkpoint", "time-layers", "train-checkpoint",
    ];

    private static readonly string[] PlanningEvents = ["CheckpointEvaluated", "CheckpointReady", "RunNudged", "RunSubmitted", "StepFailed", "StepFinished"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_queue_is_there_by_its_name_before_any_service_runs()
    {
        await using var host = await DeployAsync();

        var queues = await host.ListAsync("queues", Cancelled);

        EndpointNames.All.Order().ShouldBe(Endpoints);
        queues.Select(q => Text(q, "name")).Order().ShouldBe(
            Endpoints.SelectMany(e => new[] { e, e + "_error", e + "_skipped" }).Concat(["ingest-event", "ingest-event_error"]).Order());
    }

    [Fact]
    public async Task Every_queue_is_replicated_and_gives_poison_to_its_error_queue()
    {
        await using var host = await DeployAsync();

        foreach (var queue in await host.ListAsync("queues", Cancelled))
        {
            var (name, arguments) = (Text(queue, "name"), queue.GetProperty("arguments"));
            Text(arguments, "x-queue-type").ShouldBe("quorum", name);
            queue.GetProperty("durable").GetBoolean().ShouldBeTrue(name);
            if (!Endpoints.Contains(name))
                continue;
            Text(arguments, "x-dead-letter-exchange").ShouldBe(name + "_error");
            Text(arguments, "x-dead-letter-strategy").ShouldBe("at-least-once", name);
            arguments.GetProperty("x-delivery-limit").GetInt32().ShouldBe(20, name);
        }
    }

    [Fact]
    public async Task Every_event_has_an_exchange_that_reaches_all_who_plan()
    {
        await using var host = await DeployAsync();

        var bindings = (await host.ListAsync("bindings", Cancelled)).Select(b => $"{Text(b, "source")} → {Text(b, "destination")}").ToList();
        var exchanges = (await host.ListAsync("exchanges", Cancelled)).Select(e => Text(e, "name")).ToList();

        foreach (var planner in Endpoints.Where(e => e.StartsWith("plan-", StringComparison.Ordinal)))
            PlanningEvents.Select(e => $"SparsePipeline.Contracts:{e} → {planner}").ShouldBeSubsetOf(bindings);
        foreach (var watched in new[] { "StepStarted", "StepProgressed", "RunCancelled" })
            exchanges.ShouldContain("SparsePipeline.Contracts:" + watched);
    }

    [Fact]
    public async Task Commands_reach_one_queue_by_the_exchange_of_its_name()
    {
        await using var host = await DeployAsync();

        var bindings = (await host.ListAsync("bindings", Cancelled)).ToLookup(b => Text(b, "source"), b => Text(b, "destination"), StringComparer.Ordinal);

        foreach (var endpoint in Endpoints)
            bindings[endpoint].ShouldBe([endpoint]);
    }

    [Fact]
    public async Task Deploying_again_changes_nothing()
    {
        await using var host = await DeployAsync();
        var before = await NamesAsync(host);

        await PipelineTopology.DeployAsync(host.Settings, Cancelled);

        (await NamesAsync(host)).ShouldBe(before);
    }

    [Fact]
    public async Task The_bus_inside_one_process_has_no_topology_to_deploy()
    {
        var refusal = await Should.ThrowAsync<DomainException>(
            () => PipelineTopology.DeployAsync(new Dictionary<string, string?>(StringComparer.Ordinal), Cancelled));

        refusal.Message.ShouldBe(
            "Bus:Transport is 'in-memory': a bus inside one process needs no topology. Set it to 'rabbitmq' or name a profile that does.");
    }

    private async Task<BrokerVirtualHost> DeployAsync()
    {
        var host = await broker.CreateVirtualHostAsync(Cancelled);
        await PipelineTopology.DeployAsync(host.Settings, Cancelled);
        return host;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(BrokerVirtualHost host) =>
    [
        .. (await host.ListAsync("queues", Cancelled)).Concat(await host.ListAsync("exchanges", Cancelled)).Select(e => Text(e, "name")).Order(),
    ];

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
