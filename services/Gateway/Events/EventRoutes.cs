using System.Text.Json;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Events;

/// <summary><c>/v1/events</c>: publish a checkpoint, and see what became of it.</summary>
internal sealed class EventRoutes(EventIntake intake, EventStore events, EventIndex index, RequestLimits limits, IOptions<GatewayOptions> options) : IRoutes
{
    // Requests a minute.
    private const string AllowedRate = "600";
    private readonly HashSet<string> _origins = new(options.Value.EventOrigins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    private static readonly IReadOnlyList<string> Readers = [AccessRoles.Viewer, AccessRoles.Publisher, AccessRoles.Operator, AccessRoles.Approver, AccessRoles.Admin];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/events", (Delegate)PublishAsync).Allow(AllowedRoles.Publishers)
            .WithSummary("Publish a CloudEvent 1.0, structured, binary or in a batch. A duplicate answers 200 and changes nothing.")
            .Accepts<CheckpointPublished>(CloudEventReader.Structured, CloudEventReader.Batch, "application/json").Produces<EventAnswer>(StatusCodes.Status202Accepted).Produces<EventAnswer>();
        routes.MapMethods("/events", [HttpMethods.Options], (Delegate)Handshake)
            .WithSummary("Whether a sender of CloudEvents may send here (HTTP 1.1 Web Hooks for Event Delivery, section 4). No key is needed.").Produces(StatusCodes.Status200OK);
        routes.MapGet("/events", (Delegate)ListAsync).Allow(Readers).WithSummary("Events by model and state, newest first; publishers see their own.").Produces<Page<PublishedEvent>>();
        routes.MapGet("/events/{eventKey}", (Delegate)ReadAsync).Allow(Readers).WithSummary("How far an event has come, and what followed from it.").Produces<PublishedEvent>();
    }

    private async Task<IResult> PublishAsync(HttpContext context)
    {
        var kind = CloudEventReader.KindOf(context);
        if (kind == CloudEventReader.Batch)
            return await PublishManyAsync(context);
        var body = await RequestBody.ReadAsync(context, RequestBody.MostBytesOfDocument);
        var (stored, isNew) = await intake.ReceiveAsync(CloudEventReader.One(context, kind, body), Caller.Of(context), context.RequestAborted);
        var answer = new EventAnswer(stored.EventKey, stored.State);
        return isNew ? Answers.Accepted(answer) : Answers.Ok(answer);
    }

    // Says nothing about who may publish: that is the key's matter.
    private IResult Handshake(HttpContext context)
    {
        var origin = context.Request.Headers["WebHook-Request-Origin"].ToString();
        if (_origins.Contains(origin))
        {
            context.Response.Headers["WebHook-Allowed-Origin"] = origin;
            context.Response.Headers["WebHook-Allowed-Rate"] = AllowedRate;
        }
        context.Response.Headers.Allow = "GET, POST, OPTIONS";
        return Results.Ok();
    }

    private async Task<IResult> PublishManyAsync(HttpContext context)
    {
        var batch = CloudEventReader.Many(await RequestBody.ReadAsync(context, RequestBody.MostBytes));
        // The request itself was counted once.
        if (batch.Count > 1)
            limits.Take(context, Caller.Of(context), batch.Count - 1);
        var answers = new List<BatchAnswer>();
        foreach (var one in batch)
            answers.Add(await PublishOneAsync(one, Caller.Of(context), context.RequestAborted));
        return Answers.Ok(answers);
    }

    private async Task<BatchAnswer> PublishOneAsync(JsonElement json, AccessKey key, CancellationToken cancellationToken)
    {
        var id = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        try
        {
            var (stored, isNew) = await intake.ReceiveAsync(CloudEventReader.Read(json), key, cancellationToken);
            return new BatchAnswer(id, isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, stored.EventKey);
        }
        catch (RefusedRequestException refused)
        {
            return new BatchAnswer(id, refused.Status, Errors: refused.Errors);
        }
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        var (model, state, key) = (PageQuery.Text(context, "model"), PageQuery.Text(context, "state"), Caller.Of(context));
        if (state is not null && !EventStates.All.Contains(state))
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", "state is none.", $"Give one of {string.Join(", ", EventStates.All)}.", "state");
        return Answers.Ok(await index.PageAsync(
            PageQuery.Limit(context), PageQuery.Text(context, "cursor"),
            e => MaySee(key, e) && (model is null || e.Data.Model == model) && (state is null || e.State == state), context.RequestAborted));
    }

    private async Task<IResult> ReadAsync(HttpContext context, string eventKey) =>
        EventPaths.IsKey(eventKey) && await events.FindAsync(eventKey, context.RequestAborted) is var (found, _) && MaySee(Caller.Of(context), found)
            ? Answers.Ok(found)
            : throw RefusedRequestException.NotFound("such event");

    private static bool MaySee(AccessKey key, PublishedEvent published) => key.Role != AccessRoles.Publisher || published.PublishedBy == key.KeyId;
}
