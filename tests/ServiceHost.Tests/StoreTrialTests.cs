using System.Net;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>What a service does about a store, or a clock, with which nothing can be done.</summary>
public sealed class StoreTrialTests(BrokerServer broker, ObjectStoreServer store) : IDisposable
{
    private const string SetTheClock = "set this machine's clock";
    private static readonly string[] Queues = ["prune-checkpoint", "plan-pruning"];
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Trainer")]
    [InlineData("Pruner")]
    public async Task A_store_without_conditional_writes_is_refused_at_the_start(string service)
    {
        await using var bucket = await store.CreateBucketAsync(Token);
        await using var host = await broker.CreateVirtualHostAsync(Token);
        using var forgetful = new ForgetfulStore(bucket.Address.Endpoint);
        var settings = Settings(host, bucket);
        settings["S3:Endpoint"] = forgetful.Address;
        settings["Runners:Path"] = "/bin/true";
        await using var process = new ServiceProcess(service, settings);

        (await process.ExitAsync()).ShouldBe(78);

        process.Said.ShouldContain($"S3:Endpoint is '{forgetful.Address}', a server that does not honour conditional writes");
        process.Said.ShouldNotContain("   at ");
        (await bucket.KeysAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_whose_clock_is_wrong_says_so_takes_nothing_and_recovers_by_itself()
    {
        if (!FakeClock.IsAvailable)
            MissingServer.Skip("libfaketime is not installed");
        await using var bucket = await store.CreateBucketAsync(Token);
        await using var host = await broker.CreateVirtualHostAsync(Token);
        var clock = new FakeClock(_folder.File("clock"));
        clock.Set(TimeSpan.FromHours(-2));
        await using var pruner = new ServiceProcess("Pruner", Settings(host, bucket), clock.Environment);

        // Wrong from the start.
        await UnreadyBecauseOfTheClockAsync(pruner);
        await pruner.WaitUntilSaidAsync("120 min behind the object store's: set this machine's clock");
        (await ConsumersAsync(host)).ShouldBe(0);
        clock.Set(TimeSpan.Zero);
        await pruner.WaitUntilReadyAsync();
        (await ConsumersAsync(host)).ShouldBe(Queues.Length);

        // Wrong later on.
        clock.Set(TimeSpan.FromHours(1));
        await UnreadyBecauseOfTheClockAsync(pruner);
        await UntilAsync(async () => await ConsumersAsync(host) == 0);
        clock.Set(TimeSpan.Zero);
        await pruner.WaitUntilReadyAsync();
        await UntilAsync(async () => await ConsumersAsync(host) == Queues.Length);

        pruner.Said.Split('\n').Count(line => line.Contains("Nothing is taken from the queues until it is right", StringComparison.Ordinal)).ShouldBe(1);
        (await pruner.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_normal_start_has_no_error_in_its_log_however_often_it_is_asked_how_it_is()
    {
        await using var bucket = await store.CreateBucketAsync(Token);
        await using var host = await broker.CreateVirtualHostAsync(Token);
        await using var pruner = new ServiceProcess("Pruner", Settings(host, bucket));

        await pruner.WaitUntilReadyAsync();
        (await pruner.TerminateAsync()).ShouldBe(0);

        pruner.Said.Split('\n').Where(line => line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" WRN ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_outage_is_told_when_it_begins_and_when_it_ends_and_not_at_every_look()
    {
        await using var server = await ObjectStoreProcess.StartAsync(durable: false, Token);
        await using var bucket = await ObjectStoreBucket.CreateAsync(server.Address, Token);
        await using var host = await broker.CreateVirtualHostAsync(Token);
        var settings = Settings(host, bucket);
        settings["Runs:SweepSeconds"] = "0.2";
        await using var pruner = new ServiceProcess("Pruner", settings);
        await pruner.WaitUntilReadyAsync();

        await server.KillAsync(Token);
        await pruner.WaitForReadinessAsync((status, _) => status == HttpStatusCode.ServiceUnavailable);
        for (var i = 0; i < 100; i++)
        {
            await pruner.GetAsync("/health/ready");
            await Task.Delay(100, Token);
        }
        var lines = pruner.Said.Split('\n');

        lines.Count(line => line.Contains("Not ready.", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains("until it is answered", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains("A sweep was cut short", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2);
        lines.Where(line => line.Contains(" ERR ", StringComparison.Ordinal)).ShouldBeEmpty();
        (await pruner.TerminateAsync()).ShouldBe(0);
    }

    private static async Task UnreadyBecauseOfTheClockAsync(ServiceProcess process) =>
        await process.WaitForReadinessAsync((status, body) =>
            status == HttpStatusCode.ServiceUnavailable && body.Replace("\\u0027", "'", StringComparison.Ordinal).Contains(SetTheClock, StringComparison.Ordinal));

    // Asked over AMQP: the management's statistics are late.
    private static async Task<int> ConsumersAsync(BrokerVirtualHost host)
    {
        var factory = new RabbitMQ.Client.ConnectionFactory { Uri = host.Uri };
        await using var connection = await factory.CreateConnectionAsync(Token);
        var consumers = 0;
        foreach (var queue in Queues)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
            try
            {
                consumers += (int)(await channel.QueueDeclarePassiveAsync(queue, Token)).ConsumerCount;
            }
            catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
            {
                // There is no such queue yet.
            }
        }
        return consumers;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(200, Token);
    }

    private Dictionary<string, string?> Settings(BrokerVirtualHost host, ObjectStoreBucket bucket) =>
        new(host.Settings.Concat(bucket.Settings), StringComparer.Ordinal) { ["Store:Folder"] = _folder.File("copies"), ["S3:Retries"] = "1", ["S3:TimeoutSeconds"] = "5" };
}
