using System.Net;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;
using SparsePipeline.TestKit.Telemetry;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>No secret leaves a service by its log, its health page or its help, whatever goes wrong.</summary>
public sealed class SecretsTests(BrokerServer server) : IDisposable
{
    private const string Password = "pw-3f1c-not-for-eyes";
    private const string AccessKey = "ak-77d0-not-for-eyes";
    private const string SecretKey = "sk-5ab2-not-for-eyes";
    private const string ApiKey = "seq-9e44-not-for-eyes";
    private const string Marker = "not-for-eyes";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_login_the_broker_refuses_is_a_wrong_setting_and_told_without_the_password()
    {
        await using var host = await server.CreateVirtualHostAsync(Token);
        await using var seq = new HttpSink();
        await using var pruner = new ServiceProcess("Pruner", Settings(host, seq));

        (await pruner.ExitAsync()).ShouldBe(78);

        pruner.Said.ShouldContain("check RabbitMq:Username and RabbitMq:PasswordFile");
        pruner.Said.ShouldNotContain(Marker);
        (await seq.NextAsync("/api/events/raw")).Text.ShouldNotContain(Marker);
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_without_its_keys()
    {
        await using var host = await server.CreateVirtualHostAsync(Token);
        await using var seq = new HttpSink();
        var settings = Settings(host, seq);
        settings["RabbitMq:Password"] = host.Settings["RabbitMq:Password"];
        await using var pruner = new ServiceProcess("Pruner", settings);

        var health = await pruner.WaitForReadinessAsync((status, body) =>
            status == HttpStatusCode.ServiceUnavailable && body.Contains("The store, bucket", StringComparison.Ordinal));
        await pruner.WaitUntilSaidAsync("A sweep was cut short");
        await pruner.TerminateAsync();

        health.ToString().ShouldNotContain(Marker);
        pruner.Said.ShouldNotContain(Marker);
        pruner.Said.ShouldNotContain(host.Settings["RabbitMq:Password"]!);
        (await seq.NextAsync("/api/events/raw")).Text.ShouldNotContain(Marker);
    }

    [Fact]
    public async Task Settings_that_are_refused_and_help_are_told_without_the_secrets()
    {
        await using var host = await server.CreateVirtualHostAsync(Token);
        await using var seq = new HttpSink();
        await using var refused = new ServiceProcess("Pruner", Settings(host, seq), "--S3:Endpoint=wrong", "--RabbitMq:Port=none");
        await using var help = new ServiceProcess("Pruner", Settings(host, seq), "--help");

        (await refused.ExitAsync()).ShouldBe(78);
        (await help.ExitAsync()).ShouldBe(0);

        refused.Said.ShouldContain("RabbitMq:Port is 'none'");
        refused.Said.ShouldNotContain(Marker);
        help.Said.ShouldNotContain(Marker);
    }

    private Dictionary<string, string?> Settings(BrokerVirtualHost host, HttpSink seq) => new(host.Settings, StringComparer.Ordinal)
    {
        ["RabbitMq:Password"] = Password,
        ["Store:Kind"] = "s3",
        ["Store:Folder"] = _folder.File("store"),
        ["S3:Endpoint"] = $"http://127.0.0.1:{FreePort.Next()}",
        ["S3:AccessKey"] = AccessKey,
        ["S3:SecretKey"] = SecretKey,
        ["Seq:Url"] = seq.Address,
        ["Seq:ApiKey"] = ApiKey,
        ["Serilog:MinimumLevel:Default"] = "Verbose",
        ["Serilog:MinimumLevel:Override:MassTransit"] = "Verbose",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Verbose",
    };
}
