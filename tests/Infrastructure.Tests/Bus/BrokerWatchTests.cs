using MassTransit;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using SparsePipeline.Infrastructure.Bus;
using Settings = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Bus;

public sealed class BrokerWatchTests
{
    private const string Away =
        "The broker rabbit:5672 cannot be reached: Connection refused. Start it (`make up` on one machine), or check RabbitMq:Host, RabbitMq:Port and "
        + "RabbitMq:Tls. Trying again until it can be used.";

    private readonly FakeTimeProvider _time = new();
    private readonly Lines<BrokerWatch> _log = new();
    private readonly BrokerWatch _watch;

    public BrokerWatchTests() =>
        _watch = new BrokerWatch(Settings.Create(new RabbitMqOptions { Host = "rabbit" }), _time, _log);

    [Fact]
    public async Task Every_queue_notices_that_the_broker_is_away_and_one_line_says_so()
    {
        foreach (var _ in Enumerable.Range(0, 10))
            await FaultAsync();

        _log.Written.ShouldBe([Away]);
    }

    [Fact]
    public async Task The_line_comes_again_after_a_minute()
    {
        await FaultAsync();
        _time.Advance(TimeSpan.FromSeconds(59));
        await FaultAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await FaultAsync();

        _log.Written.ShouldBe([Away, Away]);
    }

    [Fact]
    public async Task A_broker_that_is_back_is_told_once_and_a_healthy_start_not_at_all()
    {
        await _watch.Ready(Substitute.For<ReceiveEndpointReady>());
        await FaultAsync();
        await _watch.Ready(Substitute.For<ReceiveEndpointReady>());
        await _watch.Ready(Substitute.For<ReceiveEndpointReady>());

        _log.Written.ShouldBe([Away, "The broker rabbit:5672 can be used again."]);
    }

    private Task FaultAsync()
    {
        var fault = Substitute.For<ReceiveEndpointFaulted>();
        fault.Exception.Returns(new RabbitMqConnectionException("Broker unreachable", new IOException("Connection refused")));
        return _watch.Faulted(fault);
    }
}
