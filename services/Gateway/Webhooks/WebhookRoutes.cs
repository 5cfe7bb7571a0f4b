using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Webhooks.Sending;

namespace SparsePipeline.Gateway.Webhooks;

/// <summary><c>/v1/webhooks</c>: servers that events are sent to.</summary>
internal sealed class WebhookRoutes(WebhookStore store, AddressGuard guard, WebhookPoster poster, OutgoingEvents outgoing, DeliverySignals signals, TimeProvider time) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhooks", (Delegate)ListAsync).Allow(AllowedRoles.Operators).WithSummary("All webhooks, without their secrets.").Produces<Page<WebhookAnswer>>();
        routes.MapGet("/webhooks/{name}", (Delegate)ReadAsync).Allow(AllowedRoles.Operators).WithSummary("A webhook; the ETag is for changing it.").Produces<WebhookAnswer>();
        routes.MapPut("/webhooks/{name}", (Delegate)WriteAsync).Allow(AllowedRoles.Operators)
            .WithSummary("Make or change a webhook; a secret that is made here is shown this once. One that was disabled goes on.")
            .Accepts<WebhookRequest>("application/json").Produces<WebhookAnswer>().Produces<WebhookAnswer>(StatusCodes.Status201Created);
        routes.MapDelete("/webhooks/{name}", (Delegate)DeleteAsync).Allow(AllowedRoles.Operators).WithSummary("End a webhook; what waits for it is not sent.").Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/webhooks/{name}/test", (Delegate)TestAsync).Allow(AllowedRoles.Operators).Idempotent()
            .WithSummary("Send an event of type io.sparsepipeline.webhook.test.v1 now, once, and say what came of it.").Produces<DeliveryOutcome>();
    }

    private async Task<IResult> ListAsync(HttpContext context) => Answers.Ok(await PageQuery.OfNamesAsync(
        context, after => store.ListAsync(after, context.RequestAborted), async name => await store.TryReadAsync(name, context.RequestAborted) is { DeletedAt: null } webhook ? AnswerOf(webhook) : null));

    private async Task<IResult> ReadAsync(HttpContext context, string name)
    {
        var (webhook, version) = await FindAsync(store, context, name);
        return Answers.Versioned(context, AnswerOf(webhook), version);
    }

    private async Task<IResult> WriteAsync(HttpContext context, string name)
    {
        FieldReader.NameOf(name);
        var replaced = Preconditions.VersionOf(context);
        var wanted = WebhookReader.Read(await RequestBody.ReadObjectAsync(context));
        await EnsureMayBeSentToAsync(wanted.Url, context.RequestAborted);
        var isNew = replaced is null;
        var old = await store.ReadAsync(name, context.RequestAborted);
        // One that was deleted gives its name back, and not its secret.
        var known = old is var (before, tombstone) && before.DeletedAt is null ? before : null;
        if (isNew && known is null)
            replaced = old?.Version;
        var made = wanted.Secret is null && known is null ? StandardSignature.NewSecret() : null;
        var webhook = new Webhook
        {
            Name = name,
            Url = wanted.Url,
            Types = wanted.Types,
            Secret = wanted.Secret ?? known?.Secret ?? made!,
            WrittenBy = Caller.Of(context).KeyId,
            Nonce = Guid.NewGuid().ToString("N"),
        };
        var version = await store.TryWriteAsync(webhook, replaced, context.RequestAborted) ?? throw Preconditions.Lost();
        signals.SendSoon();
        return Answers.Versioned(context, AnswerOf(webhook) with { Secret = made }, version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task<IResult> DeleteAsync(HttpContext context, string name)
    {
        var replaced = Preconditions.VersionOf(context) ?? throw Preconditions.Lost();
        var (webhook, _) = await FindAsync(store, context, name);
        return await store.TryWriteAsync(webhook with { DeletedAt = time.GetUtcNow() }, replaced, context.RequestAborted) is null ? throw Preconditions.Lost() : Results.NoContent();
    }

    private async Task<IResult> TestAsync(HttpContext context, string name)
    {
        var (webhook, _) = await FindAsync(store, context, name);
        var test = outgoing.OfWebhook(name, EventTypes.WebhookTest, $"{name}.test.{Guid.NewGuid():N}", time.GetUtcNow(), new WebhookTest(name));
        return Answers.Ok((await poster.PostAsync(webhook, test, context.RequestAborted)).Outcome);
    }

    private static WebhookAnswer AnswerOf(Webhook webhook) => new(webhook.Name, webhook.Url, webhook.Types, webhook.DisabledAt, webhook.DisabledBecause);

    /// <summary>A webhook that was not deleted, and the version of its document.</summary>
    /// <exception cref="RefusedRequestException">404: there is none of that name.</exception>
    internal static async Task<(Webhook Webhook, string Version)> FindAsync(WebhookStore store, HttpContext context, string name) =>
        await store.ReadAsync(FieldReader.NameOf(name), context.RequestAborted) is var (found, version) && found.DeletedAt is null
            ? (found, version)
            : throw RefusedRequestException.NotFound($"webhook '{name}'");

    private async Task EnsureMayBeSentToAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            await guard.CheckAsync(new Uri(url), cancellationToken);
        }
        catch (RefusedAddressException refused)
        {
            throw RefusedRequestException.Of(
                StatusCodes.Status422UnprocessableEntity, "address-not-allowed", refused.Message, "Give a host on the public internet, or have its name added to Webhooks:AllowedHosts.", "url");
        }
    }
}
