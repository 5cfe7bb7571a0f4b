using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Errors;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Bus;

public sealed class BrokerCrashTests(OwnBroker broker) : IClassFixture<OwnBroker>
{
    private const int Commands = 40;
    private static readonly string[] Keys = [.. Enumerable.Range(0, Commands).Select(i => $"key-{i:00}")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_killed_in_the_middle_of_consuming_loses_nothing_it_had_confirmed()
    {
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Process.Address, Cancelled);
        var (obeyed, tenth) = (new ConcurrentDictionary<string, int>(), new TaskCompletionSource());
        await using var service = await TestBus.StartAsync(host, async command =>
        {
            await Task.Delay(20, Cancelled);
            obeyed.AddOrUpdate(command.StepKey, 1, (_, times) => times + 1);
            if (obeyed.Count >= 10)
                tenth.TrySetResult();
        });

        foreach (var key in Keys)
            await service.SendAsync(TestBus.Command(key: key));
        await tenth.Task.WaitAsync(Eventually.Limit, Cancelled);
        await broker.Process.KillAsync(Cancelled);
        await broker.Process.StartAgainAsync(Cancelled);

        await Eventually.GetAsync(() => Task.FromResult(obeyed.Count), count => count == Commands);
        obeyed.Keys.Order().ShouldBe(Keys);
    }

    [Fact]
    public async Task What_is_sent_while_the_broker_is_down_arrives_when_it_is_back()
    {
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Process.Address, Cancelled);
        var obeyed = new TaskCompletionSource<string>();
        await using var service = await TestBus.StartAsync(host, command => Task.FromResult(obeyed.TrySetResult(command.StepKey)));

        await broker.Process.KillAsync(Cancelled);
        var sending = service.SendAsync(TestBus.Command(key: "patient"));
        await broker.Process.StartAgainAsync(Cancelled);

        await sending.WaitAsync(Eventually.Limit, Cancelled);
        (await obeyed.Task.WaitAsync(Eventually.Limit, Cancelled)).ShouldBe("patient");
    }

    [Fact]
    public async Task A_service_that_starts_before_its_broker_waits_for_it()
    {
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Process.Address, Cancelled);
        await broker.Process.KillAsync(Cancelled);

        var starting = TestBus.StartAsync(host, _ => Task.CompletedTask);
        await broker.Process.StartAgainAsync(Cancelled);

        await using var service = await starting.WaitAsync(Eventually.Limit, Cancelled);
        await Should.NotThrowAsync(() => service.SendAsync(TestBus.Command()));
    }

    [Fact]
    public async Task The_pipeline_speaks_tls_to_a_broker_whose_authority_it_is_told()
    {
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Process.Address, Cancelled);
        var obeyed = new TaskCompletionSource<string>();

        await using var service = await TestBus.StartAsync(Encrypted(host), command => Task.FromResult(obeyed.TrySetResult(command.StepKey)));
        await service.SendAsync(TestBus.Command(key: "secret"));

        (await obeyed.Task.WaitAsync(Eventually.Limit, Cancelled)).ShouldBe("secret");
        (await new ErrorQueues(EncryptedOptions(host)).CountAsync(Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broker_that_another_authority_vouches_for_is_not_trusted()
    {
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Process.Address, Cancelled);
        using var other = new TemporaryFolder();
        Certificates.Write(other.Path);
        var options = EncryptedOptions(host);
        options.CertificateAuthorityFile = Path.Combine(other.Path, "ca.pem");

        (await Should.ThrowAsync<IOException>(() => new ErrorQueues(options).CountAsync(Cancelled)))
            .Message.ShouldContain("certificate");
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_trusted()
    {
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Process.Address, Cancelled);
        var options = EncryptedOptions(host);
        options.Host = "127.0.0.1";

        await Should.ThrowAsync<IOException>(() => new ErrorQueues(options).CountAsync(Cancelled));
    }

    [Fact]
    public async Task A_message_larger_than_any_of_ours_is_refused_by_the_broker()
    {
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Process.Address, Cancelled);
        await TestBus.DeployAsync(host);
        await using var connection = await new ConnectionFactory { Uri = host.Uri }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancelled);

        await Should.ThrowAsync<AlreadyClosedException>(async () => await channel.BasicPublishAsync(
            "prune-checkpoint", "", mandatory: true, Encoding.UTF8.GetBytes(new string('x', 2 * 1024 * 1024)), Cancelled));
    }

    private Dictionary<string, string?> Encrypted(BrokerVirtualHost host) => new(host.Settings, StringComparer.Ordinal)
    {
        ["RabbitMq:Port"] = broker.Process.TlsPort.ToString(),
        ["RabbitMq:Tls"] = "true",
        ["RabbitMq:CertificateAuthorityFile"] = broker.AuthorityFile,
    };

    private RabbitMqOptions EncryptedOptions(BrokerVirtualHost host)
    {
        var options = host.Options();
        (options.Port, options.Tls, options.CertificateAuthorityFile) = ((ushort)broker.Process.TlsPort, true, broker.AuthorityFile);
        return options;
    }
}
