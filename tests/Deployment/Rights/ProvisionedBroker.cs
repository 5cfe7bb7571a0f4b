using RabbitMQ.Client;
using SparsePipeline.Standalone;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Deployment.Rights;

/// <summary>A broker as infra/rabbitmq sets it up, with every queue declared by the user whose task that is.</summary>
public sealed class ProvisionedBroker : IAsyncDisposable
{
    public const string VirtualHost = "sparsepipeline";
    private readonly Lazy<Task> _start;
    private BrokerProcess? _broker;
    private Secrets? _secrets;

    public ProvisionedBroker() => _start = new(StartAsync);

    internal Secrets Secrets => _secrets!;

    /// <summary>How it is reached by its administrator.</summary>
    public BrokerAddress Address => _broker!.Address;

    /// <summary>Starts it with the first test that asks; skips the test when there is no broker.</summary>
    public Task ReadyAsync() => _start.Value;

    /// <summary>Settings of a service that logs in as a user.</summary>
    public Dictionary<string, string> SettingsOf(string user) => new(StringComparer.Ordinal)
    {
        ["Bus:Transport"] = "rabbitmq",
        ["RabbitMq:Host"] = Address.Host,
        ["RabbitMq:Port"] = Address.Port.ToString(),
        ["RabbitMq:VirtualHost"] = VirtualHost,
        ["RabbitMq:Username"] = user,
        ["RabbitMq:PasswordFile"] = Secrets.PathOf($"broker-{user}-password"),
    };

    /// <summary>A connection of a user.</summary>
    public Task<IConnection> ConnectAsync(string user) => new ConnectionFactory
    {
        HostName = Address.Host,
        Port = Address.Port,
        UserName = user,
        Password = Secrets.Read($"broker-{user}-password"),
        VirtualHost = VirtualHost,
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs the script that sets a broker up.</summary>
    internal Task<ShellScript> ProvisionAsync() => ShellScript.RunAsync(
        Repository.File("infra/rabbitmq/provision.sh"), [], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BROKER_API"] = Address.Management.GetLeftPart(UriPartial.Authority),
            ["BROKER_SECRETS"] = Secrets.Folder,
            ["BROKER_ADMIN"] = Address.User,
        });

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
        _secrets?.Dispose();
    }

    private async Task StartAsync()
    {
        _broker = await BrokerProcess.StartAsync(prepare: null, TestContext.Current.CancellationToken);
        _secrets = await Secrets.CreateAsync();
        _secrets.Replace("broker-admin-password", Address.Password);
        var provisioned = await ProvisionAsync();
        provisioned.ExitCode.ShouldBe(0, provisioned.Output);
        await PipelineTopology.DeployAsync(
            SettingsOf("deployer").ToDictionary(s => s.Key, string? (s) => s.Value, StringComparer.Ordinal), TestContext.Current.CancellationToken);
    }
}
