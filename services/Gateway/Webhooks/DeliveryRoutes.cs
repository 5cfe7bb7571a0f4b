using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Webhooks.Sending;

namespace SparsePipeline.Gateway.Webhooks;

/// <summary><c>/v1/webhooks/{name}/deliveries</c>: what came of events that were sent.</summary>
internal sealed class DeliveryRoutes(WebhookStore webhooks, DeliveryStore deliveries, DeliverySignals signals, TimeProvider time) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhooks/{name}/deliveries", (Delegate)ListAsync).Allow(AllowedRoles.Operators)
            .WithSummary("Deliveries of the last days by state, newest first.").Produces<Page<Delivery>>();
        routes.MapPost("/webhooks/{name}/deliveries/{id}/retry", (Delegate)RetryAsync).Allow(AllowedRoles.Operators).Idempotent()
            .WithSummary("Try a delivery at once. One more try is made, and after it as many as for a new one.").Produces<Delivery>(StatusCodes.Status202Accepted);
    }

    private async Task<IResult> ListAsync(HttpContext context, string name)
    {
        await WebhookRoutes.FindAsync(webhooks, context, name);
        var (limit, state, after) = (PageQuery.Limit(context), PageQuery.Text(context, "state"), PageQuery.Text(context, "cursor"));
        if (state is not null && !Delivery.States.Contains(state))
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", "state is none.", $"Give one of {string.Join(", ", Delivery.States)}.", "state");
        if (after is not null && !DeliveryPaths.IsId(after))
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", "cursor is none.", "Copy next of the page before, or leave it out to begin.", "cursor");
        var found = new List<Delivery>();
        foreach (var id in (await deliveries.ListAsync(name, context.RequestAborted)).Where(i => after is null || string.CompareOrdinal(i, after) < 0))
        {
            if (await deliveries.FindAsync(name, id, context.RequestAborted) is not var (delivery, _) || (state is not null && delivery.State != state))
                continue;
            if (found.Count == limit)
                return Answers.Ok(new Page<Delivery>(found, found[^1].Id));
            found.Add(delivery);
        }
        return Answers.Ok(new Page<Delivery>(found, Next: null));
    }

    private async Task<IResult> RetryAsync(HttpContext context, string name, string id)
    {
        var (webhook, _) = await WebhookRoutes.FindAsync(webhooks, context, name);
        if (!DeliveryPaths.IsId(id) || await deliveries.FindAsync(name, id, context.RequestAborted) is not var (delivery, version))
            throw RefusedRequestException.NotFound("such delivery");
        if (webhook.DisabledAt is not null)
            throw RefusedRequestException.Of(StatusCodes.Status409Conflict, "webhook-disabled", $"The webhook '{name}' is disabled.", "PUT it again, and then retry.");
        if (delivery.State == Delivery.Delivered)
            return Answers.Accepted(delivery);
        var retried = delivery with { State = Delivery.Waiting, NextAt = time.GetUtcNow(), Tries = delivery.State == Delivery.Failed ? 0 : delivery.Tries };
        if (!await deliveries.TryReopenAsync(retried, version, context.RequestAborted))
            throw RefusedRequestException.Of(StatusCodes.Status409Conflict, "in-progress", "The delivery is being tried at this moment.", "Look at it again, and retry if it failed.");
        signals.SendSoon();
        return Answers.Accepted(retried);
    }
}
