using System.Net;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;
using SparsePipeline.TestKit.Telemetry;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>How a service starts, refuses to start, and stops.</summary>
public sealed class WorkerHostTests : IDisposable
{
    private static readonly Dictionary<string, string?> None = [];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_wrong_setting_is_named_with_its_value_and_what_to_set()
    {
        await using var pruner = new ServiceProcess(
            "Pruner", None, "--Bus:Transport=pigeons", "--Pruner:Concurrency=0", "--Claims:LeaseSeconds=10", "--Runners:Count=many", "--S3:Endpoint=nowhere",
            "--Seq:ApiKeyFile=/nowhere/key");

        (await pruner.ExitAsync()).ShouldBe(78);

        pruner.Said.ShouldContain("Bus:Transport is 'pigeons': set it to 'in-memory' or 'rabbitmq'.");
        pruner.Said.ShouldContain("Pruner:Concurrency is '0': set it to 1 to 1024.");
        pruner.Said.ShouldContain("Claims:HeartbeatSeconds is 15, which is more than a third of LeaseSeconds (10)");
        pruner.Said.ShouldContain("Runners:Count is 'many', which is not a whole number.");
        pruner.Said.ShouldContain("S3:Endpoint is 'nowhere': set it to an address such as https://host:port.");
        pruner.Said.ShouldContain("Seq:ApiKeyFile is '/nowhere/key': name a file that exists.");
        pruner.Said.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Help_says_what_the_service_does_which_settings_it_has_and_how_it_ends()
    {
        await using var pruner = new ServiceProcess("Pruner", None, "--help");

        (await pruner.ExitAsync()).ShouldBe(0);

        pruner.Said.ShouldContain("decides which weights go");
        pruner.Said.ShouldContain("HttpPort");
        pruner.Said.ShouldContain("'in-memory' or 'rabbitmq'");
        pruner.Said.ShouldContain("Exit codes: 0 orderly stop");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_wrong_setting()
    {
        await using var taken = new HttpSink();
        await using var pruner = new ServiceProcess("Pruner", Away(), "--Hosting:HttpPort=" + new Uri(taken.Address).Port);

        (await pruner.ExitAsync()).ShouldBe(78);

        pruner.Said.ShouldContain("Hosting:HttpPort is");
        pruner.Said.ShouldContain("Choose another port, or 0 for none.");
    }

    [Fact]
    public async Task A_service_that_waits_for_its_broker_lives_says_what_it_waits_for_and_stops_when_told()
    {
        await using var pruner = new ServiceProcess("Pruner", Away());

        var health = await pruner.WaitForReadinessAsync((status, _) => status == HttpStatusCode.ServiceUnavailable);

        health.GetProperty("service").GetString().ShouldBe("pruner");
        health.GetProperty("checks").GetProperty("bus").GetString().ShouldNotBeNull().ShouldContain("Start the broker, or check RabbitMq:Host");
        health.GetProperty("checks").GetProperty("store").GetString().ShouldBe("ready");
        (await pruner.GetAsync("/health/live")).ShouldBe((HttpStatusCode.OK, """{"status":"live","service":"pruner"}"""));
        (await pruner.TerminateAsync()).ShouldBe(0);
    }

    // A broker nobody has started.
    private Dictionary<string, string?> Away() => new()
    {
        ["Bus:Transport"] = "rabbitmq",
        ["RabbitMq:Port"] = FreePort.Next().ToString(),
        ["RabbitMq:Password"] = "none",
        ["Store:Folder"] = _folder.File("store"),
    };
}
