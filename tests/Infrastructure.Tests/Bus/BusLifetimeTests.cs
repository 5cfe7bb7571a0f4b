using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using RabbitMQ.Client.Exceptions;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Tests.Bus;

public sealed class BusLifetimeTests
{
    private readonly IBusControl _bus = Substitute.For<IBusControl>();
    private readonly FakeTimeProvider _time = new();
    private readonly BusLifetime _lifetime;

    public BusLifetimeTests() => _lifetime = new(_bus, _time, NullLogger<BusLifetime>.Instance);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_that_takes_too_long_and_gives_up_is_made_again()
    {
        _bus.StartAsync(Arg.Any<CancellationToken>()).Returns(
            call => NeverReady(call.Arg<CancellationToken>()), _ => Task.FromResult(Substitute.For<BusHandle>()));

        var starting = _lifetime.StartAsync(Cancelled);
        starting.IsCompleted.ShouldBeFalse();
        _time.Advance(BusLifetime.Attempt);

        await starting.WaitAsync(Eventually.Limit, Cancelled);
        await _bus.Received(2).StartAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_start_that_does_not_even_give_up_is_an_error_and_the_bus_is_not_touched_again()
    {
        _bus.StartAsync(Arg.Any<CancellationToken>()).Returns(NeverReady(CancellationToken.None));

        var starting = _lifetime.StartAsync(Cancelled);
        _time.Advance(BusLifetime.Attempt + BusLifetime.Grace);

        await Should.ThrowAsync<BusStuckException>(() => starting.WaitAsync(Eventually.Limit, Cancelled));
        await _lifetime.StopAsync(Cancelled);
        await _bus.DidNotReceive().StopAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task An_error_that_the_client_hides_behind_a_disposed_object_takes_another_bus()
    {
        var hidden = new ConnectionException("ReceiveTransport faulted", new ObjectDisposedException("SemaphoreSlim"));
        _bus.StartAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<BusHandle>(hidden));

        (await Should.ThrowAsync<BusStuckException>(() => _lifetime.StartAsync(Cancelled))).InnerException.ShouldBe(hidden);
    }

    [Fact]
    public async Task A_broker_that_goes_away_while_queues_are_declared_takes_another_bus()
    {
        var away = new RabbitMqConnectionException("Broker unreachable", new BrokerUnreachableException(new IOException("connection.start was never received")));
        _bus.StartAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<BusHandle>(away));

        var starting = _lifetime.StartAsync(Cancelled);
        _time.Advance(BusLifetime.Pause);

        (await Should.ThrowAsync<BusStuckException>(() => starting.WaitAsync(Eventually.Limit, Cancelled))).InnerException.ShouldBe(away);
    }

    [Fact]
    public async Task A_broker_that_refuses_the_login_is_not_tried_again()
    {
        var refused = new RabbitMqConnectionException("Broker unreachable", new BrokerUnreachableException(new AuthenticationFailureException("ACCESS_REFUSED")));
        _bus.StartAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<BusHandle>(refused));

        await Should.ThrowAsync<RabbitMqConnectionException>(() => _lifetime.StartAsync(Cancelled));
    }

    [Fact]
    public async Task Who_is_told_to_stop_while_the_bus_starts_starts_it_no_more()
    {
        using var stopping = new CancellationTokenSource();
        _bus.StartAsync(Arg.Any<CancellationToken>()).Returns(call => NeverReady(call.Arg<CancellationToken>()));

        var starting = _lifetime.StartAsync(stopping.Token);
        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => starting.WaitAsync(Eventually.Limit, Cancelled));
        await _bus.Received(1).StartAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task An_error_of_the_start_is_not_tried_away()
    {
        _bus.StartAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<BusHandle>(new InvalidOperationException("wrong")));

        (await Should.ThrowAsync<InvalidOperationException>(() => _lifetime.StartAsync(Cancelled))).Message.ShouldBe("wrong");
    }

    private static async Task<BusHandle> NeverReady(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return Substitute.For<BusHandle>();
    }
}
