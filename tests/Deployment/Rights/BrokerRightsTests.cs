using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Deployment.Rights;

/// <summary>What the users of infra/rabbitmq/definitions.json cannot do; what they must be able to do, a whole run shows.</summary>
public sealed class BrokerRightsTests(ProvisionedBroker broker)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private const string Events = "SparsePipeline.Contracts:";

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Queues = PipelineServices.All.ToDictionary(s => s.Name, s => s.Queues, StringComparer.Ordinal);

    public static TheoryData<string> Workers => [.. Repository.Workers];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_service_has_a_user_and_every_queue_an_owner()
    {
        Queues.Keys.Order(StringComparer.Ordinal).ShouldBe(Repository.Programs);
        Queues.Values.SelectMany(q => q).Order(StringComparer.Ordinal).ShouldBe(EndpointNames.All.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workers))]
    public async Task A_worker_reads_and_fills_its_own_queues_and_nobody_elses(string worker)
    {
        await broker.ReadyAsync();
        await using var connection = await broker.ConnectAsync(worker);

        foreach (var queue in EndpointNames.All)
        {
            var own = Queues[worker].Contains(queue);
            (await IsAllowedAsync(connection, c => c.BasicGetAsync(queue, autoAck: false, Cancelled))).ShouldBe(own, $"read {queue}");
            (await IsAllowedAsync(connection, c => PublishAsync(c, queue + "_error"))).ShouldBe(own, $"write {queue}_error");
            if (!own)
            {
                (await IsAllowedAsync(connection, c => PublishAsync(c, queue))).ShouldBeFalse($"write {queue}");
                (await IsAllowedAsync(connection, c => c.QueueDeleteAsync(queue, cancellationToken: Cancelled))).ShouldBeFalse($"delete {queue}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workers))]
    public async Task A_worker_cannot_submit_or_cancel_runs_or_make_queues_of_its_own(string worker)
    {
        await broker.ReadyAsync();
        await using var connection = await broker.ConnectAsync(worker);

        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "RunSubmitted"))).ShouldBeFalse();
        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "RunCancelled"))).ShouldBeFalse();
        (await IsAllowedAsync(connection, c => c.QueueDeclareAsync("listener", cancellationToken: Cancelled))).ShouldBeFalse();
        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "StepStarted"))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_publisher_says_that_a_checkpoint_is_ready_and_nothing_else()
    {
        await broker.ReadyAsync();
        await using var connection = await broker.ConnectAsync("publisher");

        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "CheckpointReady"))).ShouldBeTrue();
        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "RunSubmitted"))).ShouldBeFalse();
        (await IsAllowedAsync(connection, c => PublishAsync(c, "train-checkpoint"))).ShouldBeFalse();
        (await IsAllowedAsync(connection, c => PublishAsync(c, "", "train-checkpoint"))).ShouldBeFalse();
        (await IsAllowedAsync(connection, c => c.BasicGetAsync("plan-training", autoAck: false, Cancelled))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_gateway_submits_and_cancels_runs_and_takes_no_work()
    {
        await broker.ReadyAsync();
        await using var connection = await broker.ConnectAsync("gateway");

        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "RunSubmitted"))).ShouldBeTrue();
        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "RunCancelled"))).ShouldBeTrue();
        (await IsAllowedAsync(connection, c => PublishAsync(c, Events + "CheckpointReady"))).ShouldBeFalse();
        (await IsAllowedAsync(connection, c => c.QueueDeclareAsync("listener", cancellationToken: Cancelled))).ShouldBeFalse();
        foreach (var queue in EndpointNames.All)
        {
            (await IsAllowedAsync(connection, c => c.BasicGetAsync(queue, autoAck: false, Cancelled))).ShouldBeFalse($"read {queue}");
            (await IsAllowedAsync(connection, c => PublishAsync(c, queue))).ShouldBeFalse($"write {queue}");
            (await IsAllowedAsync(connection, c => c.BasicGetAsync(queue + "_error", autoAck: false, Cancelled))).ShouldBeFalse($"read {queue}_error");
        }
    }

    [Fact]
    public async Task An_operator_looks_into_error_queues_and_sends_back_but_takes_no_work()
    {
        await broker.ReadyAsync();
        await using var connection = await broker.ConnectAsync("operator");

        foreach (var queue in EndpointNames.All)
        {
            (await IsAllowedAsync(connection, c => c.BasicGetAsync(queue + "_error", autoAck: false, Cancelled))).ShouldBeTrue(queue);
            (await IsAllowedAsync(connection, c => c.BasicGetAsync(queue, autoAck: false, Cancelled))).ShouldBeFalse(queue);
            (await IsAllowedAsync(connection, c => c.QueueDeleteAsync(queue + "_error", cancellationToken: Cancelled))).ShouldBeFalse(queue);
        }
    }

    [Fact]
    public async Task Nobody_of_ours_has_a_right_in_another_virtual_host()
    {
        await broker.ReadyAsync();

        var permissions = (await ManagementAsync(broker.Address.User, broker.Address.Password, "permissions")).EnumerateArray()
            .Select(p => (User: p.GetProperty("user").GetString()!, VirtualHost: p.GetProperty("vhost").GetString()!))
            .Where(p => p.User != broker.Address.User).ToList();

        permissions.Select(p => p.User).Order(StringComparer.Ordinal)
            .ShouldBe(Repository.Programs.Concat(["deployer", "monitoring", "operator", "publisher"]).Order(StringComparer.Ordinal));
        permissions.ShouldAllBe(p => p.VirtualHost == ProvisionedBroker.VirtualHost);
    }

    [Fact]
    public async Task Full_error_queues_refuse_so_that_what_fails_stays_where_it_is()
    {
        await broker.ReadyAsync();

        var policy = await ManagementAsync(broker.Address.User, broker.Address.Password, $"policies/{ProvisionedBroker.VirtualHost}/error-queues");

        policy.GetProperty("definition").GetProperty("overflow").GetString().ShouldBe("reject-publish");
        policy.GetProperty("definition").GetProperty("max-length").GetInt32().ShouldBe(100_000);
        var pattern = policy.GetProperty("pattern").GetString()!;
        foreach (var queue in EndpointNames.All)
        {
            Regex.IsMatch(queue + EndpointNames.ErrorSuffix, pattern, RegexOptions.None, OneSecond).ShouldBeTrue(queue);
            Regex.IsMatch(queue + EndpointNames.SkippedSuffix, pattern, RegexOptions.None, OneSecond).ShouldBeTrue(queue);
            Regex.IsMatch(queue, pattern, RegexOptions.None, OneSecond).ShouldBeFalse(queue);
        }
    }

    [Fact]
    public async Task Monitoring_sees_the_length_of_queues_and_no_message()
    {
        await broker.ReadyAsync();

        // Tests beside this one have queues of their own for a while.
        var queues = (await ManagementAsync("monitoring", broker.Secrets.Read("broker-monitoring-password"), "queues/" + ProvisionedBroker.VirtualHost))
            .EnumerateArray().Select(q => q.GetProperty("name").GetString()!).ToList();

        EndpointNames.All.SelectMany(name => new[] { name, name + EndpointNames.ErrorSuffix, name + EndpointNames.SkippedSuffix })
            .ShouldBeSubsetOf(queues);
        await using var connection = await broker.ConnectAsync("monitoring");
        (await IsAllowedAsync(connection, c => c.BasicGetAsync("train-checkpoint_error", autoAck: false, Cancelled))).ShouldBeFalse();
    }

    [Fact]
    public async Task Provisioning_again_does_no_harm_and_a_missing_password_stops_it_before_anything_changes()
    {
        await broker.ReadyAsync();
        (await broker.ProvisionAsync()).ExitCode.ShouldBe(0);
        var password = broker.Secrets.Read("broker-pruner-password");
        File.Delete(broker.Secrets.PathOf("broker-pruner-password"));

        var refused = await broker.ProvisionAsync();

        broker.Secrets.Replace("broker-pruner-password", password);
        refused.ExitCode.ShouldBe(78);
        refused.Output.ShouldContain("broker-pruner-password is missing");
        await using var still = await broker.ConnectAsync("pruner");
    }

    // A refusal closes the channel, so each attempt has its own.
    private static async Task<bool> IsAllowedAsync(IConnection connection, Func<IChannel, Task> attempt)
    {
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancelled);
        try
        {
            await attempt(channel);
            return true;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.AccessRefused)
        {
            return false;
        }
    }

    private static Task PublishAsync(IChannel channel, string exchange, string key = "") =>
        channel.BasicPublishAsync(exchange, key, mandatory: false, new BasicProperties(), ReadOnlyMemory<byte>.Empty, Cancelled).AsTask();

    private async Task<JsonElement> ManagementAsync(string user, string password, string path)
    {
        using var client = new HttpClient { BaseAddress = broker.Address.Management };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return await client.GetFromJsonAsync<JsonElement>("/api/" + path, Cancelled);
    }
}
