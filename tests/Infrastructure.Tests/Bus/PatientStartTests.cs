using Microsoft.Extensions.Hosting;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Infrastructure.Tests.Bus;

public sealed class PatientStartTests
{
    private readonly List<IHost> _built = [];

    [Fact]
    public async Task A_host_whose_bus_is_stuck_is_left_for_another_one()
    {
        var started = await PatientStart.StartAsync(Build, host => host == _built[0] ? throw new BusStuckException("stuck", new TimeoutException()) : Task.CompletedTask);

        _built.Count.ShouldBe(2);
        started.ShouldBe(_built[1]);
    }

    [Fact]
    public async Task Any_other_error_ends_the_start()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => PatientStart.StartAsync(Build, _ => throw new InvalidOperationException("wrong")));

        _built.Count.ShouldBe(1);
    }

    private IHost Build()
    {
        _built.Add(Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).Build());
        return _built[^1];
    }
}
