using System.Diagnostics;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.TestKit.Telemetry;

namespace SparsePipeline.Runner.Tests;

/// <summary>A trace goes on inside the runner process.</summary>
public sealed class TracingTests
{
    [Fact]
    public async Task The_span_of_a_job_in_its_runner_is_a_child_of_the_span_that_asked_for_it()
    {
        await using var collector = new HttpSink();
        using var spans = new SpanRecorder(TelemetryNames.Runners);
        using var test = new Activity("test").Start();
        var pool = new TestPool(environment: e =>
        {
            e["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
            e["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        });

        await pool.RunAsync("echo");
        await pool.DisposeAsync();

        var asked = spans.Of(test.TraceId).ShouldHaveSingleItem();
        asked.DisplayName.ShouldBe("runner echo");
        var sent = await collector.NextAsync("/v1/traces");
        sent.Contains(Convert.FromHexString(asked.TraceId.ToHexString())).ShouldBeTrue("the runner's span is of the same trace");
        sent.Contains(Convert.FromHexString(asked.SpanId.ToHexString())).ShouldBeTrue("its parent is the span that asked");
        sent.Contains("job echo"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task A_runner_without_a_collector_traces_nothing_and_works()
    {
        await using var pool = new TestPool();

        (await pool.RunAsync("echo", "quiet")).ShouldBe("quiet");
        Activity.Current.ShouldBeNull();
    }
}
