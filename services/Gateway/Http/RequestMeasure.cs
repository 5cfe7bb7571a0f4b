using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Http;

/// <summary>Counts every answer by its endpoint, and how long it took.</summary>
internal sealed class RequestMeasure(TimeProvider time)
{
    private const string NoEndpoint = "none";
    private const int NobodyWaited = 499;
    private const string HookItem = "sparsepipeline-hook";

    /// <summary>Says that a request is a message to a hook, and whether there was no news in it.</summary>
    public static void Note(HttpContext context, string hookKind, bool isIgnored = false) => context.Items[HookItem] = (hookKind, isIgnored);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var status = context.RequestAborted.IsCancellationRequested ? NobodyWaited : context.Response.StatusCode;
            GatewayTelemetry.Answered(RouteOf(context), status, time.GetElapsedTime(start));
            if (context.Items[HookItem] is (string kind, bool isIgnored))
                GatewayTelemetry.HookReceived(kind, isIgnored ? "ignored" : OutcomeOf(status));
        }
    }

    private static string OutcomeOf(int status) => status switch
    {
        StatusCodes.Status202Accepted => "accepted",
        StatusCodes.Status200OK => "duplicate",
        _ => "refused",
    };

    // The pattern and never the path, in which anything may stand.
    private static string RouteOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } endpoint && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var method, ..]
            ? $"{method} {pattern}"
            : NoEndpoint;
}
