using System.Diagnostics;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Keeps all spans of a run in one trace, whatever woke the process that adds to it.</summary>
/// <remarks>
/// Trace contexts travel with messages, and a run is driven by sweeps and second deliveries, too. So the context of the first submission is
/// stored beside the recipe, and is the parent wherever the current span is another trace's.
/// </remarks>
public sealed class RunTraces(IObjectStore store)
{
    private const int Runs = 20_000;

    // Written once, so what was read stays right.
    private readonly RecentlyUsed<string, ActivityContext> _known = new(Runs, StringComparer.Ordinal);

    /// <summary>The context that a new span of the run goes under; the default one when nobody listens or none is known.</summary>
    internal async Task<ActivityContext> ParentAsync(string runId, CancellationToken cancellationToken)
    {
        if (!StepTelemetry.IsTraced)
            return default;
        var submission = await FindAsync(runId, cancellationToken);
        var current = Activity.Current?.Context ?? default;
        return submission == default || current.TraceId == submission.TraceId ? current : submission;
    }

    /// <summary>The W3C trace context of a run as text; null when there is none that can be read.</summary>
    public async Task<string?> TextAsync(string runId, CancellationToken cancellationToken) =>
        await FindAsync(runId, cancellationToken) is { } context && context != default ? TraceParent.Text(context) : null;

    /// <summary>Remembers the current context, or a new one, as the run's unless it has one.</summary>
    internal static Task RecordAsync(IObjectStore store, string runId, CancellationToken cancellationToken) => store.TryCreateAsync(
        RunPaths.Trace(runId), Documents.Write(new RunTrace(Activity.Current?.Id ?? TraceParent.Invent())), cancellationToken);

    private async Task<ActivityContext> FindAsync(string runId, CancellationToken cancellationToken)
    {
        if (_known.TryGet(runId, out var known))
            return known;
        try
        {
            if (await store.ReadAsync<RunTrace>(RunPaths.Trace(runId), cancellationToken) is not { } trace)
                return default;
            known = TraceParent.Read(trace.Parent);
            _known.Set(runId, known);
            return known;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A trace is a help; without it the work is the same.
            return default;
        }
    }
}
