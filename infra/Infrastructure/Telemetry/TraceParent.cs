using System.Diagnostics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>W3C trace contexts as text.</summary>
internal static class TraceParent
{
    /// <summary>The context; the default one, which belongs to no trace, when there is none in the text.</summary>
    public static ActivityContext Read(string? text) =>
        ActivityContext.TryParse(text, traceState: null, isRemote: true, out var context) ? context : default;

    /// <summary>A context as it is sent.</summary>
    public static string Text(ActivityContext context) => $"00-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";

    /// <summary>A context nobody has used yet, for traces that begin where nobody records.</summary>
    public static string Invent() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";
}
