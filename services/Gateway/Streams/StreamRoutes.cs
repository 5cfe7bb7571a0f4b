using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Streams;

/// <summary><c>/v1/stream</c>: outgoing events as server-sent events.</summary>
internal sealed class StreamRoutes(EventRing ring, AccessKeys keys, IHostApplicationLifetime lifetime, IOptions<GatewayOptions> options, TimeProvider time) : IRoutes
{
    private const string ContentType = "text/event-stream";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(10);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/stream", (Delegate)StreamAsync).Allow(AllowedRoles.Viewers)
        .WithSummary("Events as they happen, by types and runs (separated by commas, with *). Last-Event-ID goes on after it; where that cannot be done the first event is reset.")
        .Produces(StatusCodes.Status200OK, contentType: ContentType).Produces(StatusCodes.Status503ServiceUnavailable);

    private async Task StreamAsync(HttpContext context)
    {
        using var stream = new EventStream(StreamFilter.Of(context));
        var first = ring.TryOpen(stream, context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } id ? id : null, options.Value.StreamLimit)
            ?? throw new RefusedRequestException(
                StatusCodes.Status503ServiceUnavailable, new ProblemError("too-many-streams", $"{options.Value.StreamLimit} streams are open, and no more may be.", "Close some, ask another gateway, or come back later."))
            {
                RetryAfter = WhenFull,
            };
        OutgoingTelemetry.StreamOpened();
        try
        {
            context.Response.ContentType = ContentType;
            context.Response.Headers.CacheControl = "no-store";
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stream.Cut, lifetime.ApplicationStopping);
            await stream.SendAsync(context.Response.Body, first, Beat, () => IsGoodAsync(context), time, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader went, was too slow, or the gateway stops.
            if (stream.Cut.IsCancellationRequested)
                context.Abort();
        }
        finally
        {
            ring.Close(stream);
            OutgoingTelemetry.StreamClosed();
        }
    }

    // A key that is revoked ends its streams, too.
    private async Task<bool> IsGoodAsync(HttpContext context) =>
        Authentication.TokenOf(context) is { } token && await keys.FindAsync(token, context.RequestAborted) is not null;
}
