using System.Collections.Concurrent;
using System.Diagnostics;

namespace SparsePipeline.TestKit.Telemetry;

/// <summary>Keeps every span of some sources that starts while it exists.</summary>
public sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    /// <param name="sources">Starts of source names.</param>
    public SpanRecorder(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => Array.Exists(sources, s => source.Name.StartsWith(s, StringComparison.Ordinal)),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>In the order they started; who asks for them may come before the last have ended.</summary>
    public IReadOnlyList<Activity> All => [.. _spans];

    /// <summary>Those of one trace: tests of the same process run side by side, and a listener hears them all.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(s => s.TraceId == trace)];

    public void Dispose() => _listener.Dispose();
}
