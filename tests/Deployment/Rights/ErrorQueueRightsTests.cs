using RabbitMQ.Client;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Errors;
using SparsePipeline.Infrastructure.Bus.Ingest;

namespace SparsePipeline.Deployment.Rights;

/// <summary>Who may look into which error queue.</summary>
public sealed class ErrorQueueRightsTests(ProvisionedBroker broker)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_looks_into_the_error_queue_of_events_and_an_operator_sends_back_from_it()
    {
        await broker.ReadyAsync();
        await IngestTopology.DeployAsync(Options("deployer"), Cancelled);
        await using var connection = await broker.ConnectAsync("deployer");
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        await channel.BasicPublishAsync("", IngestTopology.ErrorQueue, mandatory: true, new BasicProperties { MessageId = "given-up" }, "{}"u8.ToArray(), Cancelled);
        await channel.BasicPublishAsync("", "train-checkpoint_error", mandatory: true, new BasicProperties { MessageId = "failed" }, "{}"u8.ToArray(), Cancelled);
        var (gateway, people) = (new ErrorQueues(Options("gateway")), new ErrorQueues(Options("operator")));

        var shown = await ListAsync(gateway, count: 1);
        var all = await ListAsync(people, count: 2);
        var back = await people.RetryAsync(new FailedMessageFilter { Queue = IngestTopology.ErrorQueue }, Cancelled);

        shown.ShouldBe([IngestTopology.ErrorQueue]);
        all.ShouldBe(["train-checkpoint_error", IngestTopology.ErrorQueue], ignoreOrder: true);
        back.ShouldHaveSingleItem().Id.ShouldBe("given-up");
        (await Should.ThrowAsync<BrokerUnavailableException>(() => gateway.ListAsync(new FailedMessageFilter(), limit: 10, Cancelled))).Message.ShouldContain("train-checkpoint_error");
        await channel.QueuePurgeAsync("train-checkpoint_error", Cancelled);
        await channel.QueuePurgeAsync(IngestTopology.Queue, Cancelled);
    }

    private RabbitMqOptions Options(string user) => new()
    {
        Host = broker.Address.Host,
        Port = (ushort)broker.Address.Port,
        VirtualHost = ProvisionedBroker.VirtualHost,
        Username = user,
        PasswordFile = broker.Secrets.PathOf($"broker-{user}-password"),
    };

    // A quorum queue shows a message a moment after it was published.
    private static async Task<IReadOnlyList<string>> ListAsync(ErrorQueues queues, int count)
    {
        while (true)
        {
            try
            {
                var found = await queues.ListAsync(new FailedMessageFilter(), limit: 10, Cancelled);
                if (found.Count == count)
                    return [.. found.Select(m => m.Queue)];
            }
            catch (BrokerUnavailableException)
            {
                // The one that may be read is not there yet.
            }
            await Task.Delay(50, Cancelled);
        }
    }
}
