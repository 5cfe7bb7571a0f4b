using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit.Servers;
using SparsePipeline.TestKit.Telemetry;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>One trace over a real broker.</summary>
public sealed class SharedTraceTests(BrokerServer broker)
{
    [Fact]
    public async Task The_steps_of_two_hosts_are_in_the_one_trace_of_the_submission()
    {
        using var spans = new SpanRecorder("SparsePipeline.", "MassTransit");
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog { SliceFirst = true });
        await bus.AddHostAsync(new JobLog { SliceFirst = true });

        var outcome = await host.RunAsync(Pipelines.Recipe(seed: 81), new Observations(), Pipelines.Patience());

        OneTrace.ShouldHold(spans, outcome);
    }

    [Fact]
    public async Task Messages_that_are_lost_or_come_twice_leave_the_trace_whole()
    {
        using var spans = new SpanRecorder("SparsePipeline.", "MassTransit");
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog(), services => Chaos.AddTo(services, seed: 3));

        var outcome = await host.RunAsync(Pipelines.Recipe(seed: 82), new Observations(), Pipelines.Patience());

        OneTrace.ShouldHold(spans, outcome);
    }
}
