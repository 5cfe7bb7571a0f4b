using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Tests.Telemetry;

public class MetricsTests
{
    [Fact]
    public void Every_listed_metric_exists_with_its_unit_and_no_other_does()
    {
        var published = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("SparsePipeline.", StringComparison.Ordinal))
                    published.Add(instrument);
            },
        };
        TouchAll();
        listener.Start();

        published.Select(i => (i.Meter.Name, i.Name, i.Unit, i.Description)).ShouldBe(
            MetricList.All.Select(m => (m.Meter, m.Name, (string?)m.Unit, (string?)m.Description)), ignoreOrder: true);
    }

    [Fact]
    public void A_step_that_ends_is_counted_once_and_its_time_recorded_under_kind_and_outcome()
    {
        // Tests beside this one measure, too.
        var measured = new ConcurrentQueue<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener { InstrumentPublished = (i, l) => Enable(i, l) };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Keep(measured, i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Keep(measured, i, value, tags));
        listener.Start();

        StepTelemetry.StepEnded("test-kind", StepOutcomes.Done, 2.5);

        measured.Where(m => m.Tags.Contains("test-kind", StringComparison.Ordinal)).ShouldBe(
        [
            ("sparsepipeline.steps", 1, "kind=test-kind,outcome=done"),
            ("sparsepipeline.step.duration", 2.5, "kind=test-kind,outcome=done"),
        ]);
    }

    [Fact]
    public void A_step_span_names_run_key_and_kind()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Steps,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);

        using var span = StepTelemetry.StartStep("run-1", "abc", "train", parent: default).ShouldNotBeNull();

        span.DisplayName.ShouldBe("step train");
        span.GetTagItem("run.id").ShouldBe("run-1");
        span.GetTagItem("step.key").ShouldBe("abc");
    }

    [Fact]
    public void The_time_since_the_last_finished_sweep_grows_beside_a_sweep_that_hangs()
    {
        var time = new FakeTimeProvider();
        var watch = new SweepWatch(Microsoft.Extensions.Options.Options.Create(new RunFollowerOptions()), time);
        RunTelemetry.Watch(watch);
        var measured = new List<double>();
        using var listener = new MeterListener { InstrumentPublished = (i, l) => Enable(i, l) };
        listener.SetMeasurementEventCallback<double>((i, value, _, _) => measured.AddRange(i.Name == "sparsepipeline.sweep.age" ? [value] : []));
        listener.Start();

        foreach (var seconds in new[] { 0, 60, 600 })
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            listener.RecordObservableInstruments();
        }
        watch.Finished();
        listener.RecordObservableInstruments();

        measured.ShouldBe([0, 60, 660, 0]);
    }

    private static void TouchAll()
    {
        StepTelemetry.CacheHit("test");
        ArtifactTelemetry.Stored(0);
        RunnerTelemetry.Started();
        RunTelemetry.Swept(0);
        StoreTelemetry.Retried();
        GatewayTelemetry.SweptEvents(0);
        OutgoingTelemetry.Waiting(TimeSpan.Zero);
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == TelemetryNames.Steps)
            listener.EnableMeasurementEvents(instrument);
    }

    private static void Keep(
        ConcurrentQueue<(string Name, double Value, string Tags)> measured, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
        measured.Enqueue((instrument.Name, value, text));
    }
}
