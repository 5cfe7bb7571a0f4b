using System.Diagnostics;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.TestKit.Telemetry;

namespace SparsePipeline.Standalone.Tests.Fakes;

/// <summary>What "one trace from submission to soup" means.</summary>
internal static class OneTrace
{
    /// <summary>Every step was traced, in the trace of the submission, and its parents lead there.</summary>
    public static void ShouldHold(SpanRecorder spans, RunOutcome outcome)
    {
        var mine = SpansOf(spans, outcome.RunId);
        var root = mine.Where(s => s.DisplayName == "run").ShouldHaveSingleItem();
        var steps = mine.Where(s => s.DisplayName.StartsWith("step ", StringComparison.Ordinal)).ToList();
        var byId = spans.All.ToDictionary(s => s.SpanId);

        steps.Select(s => (string)s.GetTagItem("step.key")!).ToHashSet(StringComparer.Ordinal).ShouldBe(outcome.Plan.Steps.Select(s => s.Key!), ignoreOrder: true);
        steps.Where(s => s.TraceId != root.TraceId).ShouldBeEmpty();
        steps.Where(s => !LeadsTo(root, s, byId)).ShouldBeEmpty();
    }

    /// <summary>Our own spans of a run.</summary>
    public static List<Activity> SpansOf(SpanRecorder spans, string runId) =>
        [.. spans.All.Where(s => s.Source.Name == TelemetryNames.Steps && (string?)s.GetTagItem("run.id") == runId)];

    private static bool LeadsTo(Activity root, Activity span, Dictionary<ActivitySpanId, Activity> byId)
    {
        while (span.SpanId != root.SpanId)
        {
            if (!byId.TryGetValue(span.ParentSpanId, out var parent))
                return false;
            span = parent;
        }
        return true;
    }
}
