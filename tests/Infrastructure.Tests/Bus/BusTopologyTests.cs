using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>What comes after the queues are declared.</summary>
public sealed class BusTopologyTests : IDisposable
{
    private readonly IBusControl _bus = Substitute.For<IBusControl>();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _patience = new();
    private readonly IDisposable _part = Substitute.For<IDisposable>();

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task What_was_declared_counts_although_the_patience_ran_out_while_the_bus_stopped()
    {
        _bus.StopAsync(Arg.Any<CancellationToken>()).Returns(async call =>
        {
            await _patience.CancelAsync();
            call.Arg<CancellationToken>().ThrowIfCancellationRequested();
        });

        await BusTopology.DeployAsync(Build, _patience.Token);

        _part.Received().Dispose();
    }

    [Fact]
    public async Task What_was_declared_counts_although_the_bus_does_not_stop()
    {
        _bus.StopAsync(Arg.Any<CancellationToken>()).Returns(Task.Delay(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));

        var deploying = BusTopology.DeployAsync(Build, _patience.Token);
        _time.Advance(BusLifetime.Attempt);

        await deploying.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        _part.Received().Dispose();
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(new BusLifetime(_bus, _time, NullLogger<BusLifetime>.Instance));
        builder.Services.AddSingleton(_ => _part);
        var host = builder.Build();
        // Only what was made is disposed of with the host.
        host.Services.GetRequiredService<IDisposable>();
        return host;
    }
}
