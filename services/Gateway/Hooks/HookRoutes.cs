using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Hooks;

/// <summary><c>/v1/hooks</c>: addresses for programs that sign what they send and have no key.</summary>
internal sealed class HookRoutes(HookStore store, EventIntake intake, IOptions<GatewayOptions> options, TimeProvider time) : IRoutes
{
    private const int PathBytes = 16;
    private const int MostId = 256;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hooks", (Delegate)ListAsync).Allow(AllowedRoles.Operators).WithSummary("All hooks, without their secrets.").Produces<Page<HookAnswer>>();
        routes.MapPost("/hooks", (Delegate)MakeAsync).Allow(AllowedRoles.Operators).WithSummary("Make a hook; address and secret are shown this once.")
            .Accepts<HookRequest>("application/json").Produces<HookAnswer>(StatusCodes.Status201Created);
        routes.MapPost("/hooks/{name}/rotate", (Delegate)RotateAsync).Allow(AllowedRoles.Operators)
            .WithSummary("Give a hook another secret; the one before stays good until the next rotation.").Produces<HookAnswer>();
        routes.MapDelete("/hooks/{name}", (Delegate)DeleteAsync).Allow(AllowedRoles.Operators).WithSummary("End a hook.").Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/hooks/{name}/{path}", (Delegate)ReceiveAsync).Vouched(Vouching.ByEndpoint)
            .WithSummary("A signed message: a CloudEvent, or the data of one. No key is needed.").Accepts<CheckpointPublished>("application/json").Produces<EventAnswer>(StatusCodes.Status202Accepted);
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        var limit = PageQuery.Limit(context);
        var found = new List<HookAnswer>();
        await foreach (var name in store.ListAsync(PageQuery.Text(context, "cursor") is { } after ? FieldReader.NameOf(after) : null, context.RequestAborted))
        {
            if (await store.ReadAsync(name, context.RequestAborted) is not var (hook, _) || hook.DeletedAt is not null)
                continue;
            if (found.Count == limit)
                return Answers.Ok(new Page<HookAnswer>(found, found[^1].Name));
            found.Add(HookAnswer.Of(hook));
        }
        return Answers.Ok(new Page<HookAnswer>(found, Next: null));
    }

    private async Task<IResult> MakeAsync(HttpContext context)
    {
        var body = new FieldReader(await RequestBody.ReadObjectAsync(context));
        var (name, kind) = (body.NameIn("name", required: true), body.Word("kind", [Hook.Standard], required: true));
        var (model, recipe) = (body.NameIn("model"), body.NameIn("recipe"));
        body.Done();
        var hook = new Hook
        {
            Name = name!,
            Kind = kind!,
            Path = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PathBytes)),
            Secrets = [StandardSignature.NewSecret()],
            Model = model,
            Recipe = recipe,
            MadeBy = Caller.Of(context).KeyId,
            Nonce = Guid.NewGuid().ToString("N"),
        };
        // One that was deleted gives its name back.
        var replaced = await store.ReadAsync(hook.Name, context.RequestAborted) is var (old, version) && old.DeletedAt is not null ? version : null;
        return await store.TryWriteAsync(hook, replaced, context.RequestAborted) ? Answers.Created(Whole(context, hook)) : throw RefusedRequestException.Of(
            StatusCodes.Status409Conflict, "hook-exists", $"There is a hook '{hook.Name}'.", "Rotate it, or give another name.", "name");
    }

    private async Task<IResult> RotateAsync(HttpContext context, string name)
    {
        var (hook, version) = await FindAsync(context, name);
        var rotated = hook with { Secrets = [StandardSignature.NewSecret(), hook.Secrets[0]], Nonce = Guid.NewGuid().ToString("N") };
        return await store.TryWriteAsync(rotated, version, context.RequestAborted) ? Answers.Ok(Whole(context, rotated)) : throw Preconditions.Lost();
    }

    private async Task<IResult> DeleteAsync(HttpContext context, string name)
    {
        var (hook, version) = await FindAsync(context, name);
        var deleted = hook with { DeletedAt = time.GetUtcNow(), Nonce = Guid.NewGuid().ToString("N") };
        return await store.TryWriteAsync(deleted, version, context.RequestAborted) ? Results.NoContent() : throw Preconditions.Lost();
    }

    private async Task<IResult> ReceiveAsync(HttpContext context, string name, string path)
    {
        if (!FieldReader.IsName(name) || await store.ReadAsync(name, context.RequestAborted) is not var (hook, _)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path), Encoding.UTF8.GetBytes(hook.Path)))
            throw RefusedRequestException.NotFound("such hook", "Check the whole address.");
        RequestMeasure.Note(context, hook.Kind);
        if (hook.DeletedAt is not null)
            throw RefusedRequestException.Of(StatusCodes.Status410Gone, "hook-deleted", "The hook was deleted.", "Send nothing more there.");
        var headers = context.Request.Headers;
        var (id, body) = (headers["webhook-id"].ToString(), await RequestBody.ReadAsync(context, RequestBody.MostBytes));
        if (id.Length is 0 or > MostId || id.Any(char.IsControl)
            || !StandardSignature.IsValid(hook.Secrets, id, headers["webhook-timestamp"].ToString(), body, headers["webhook-signature"].ToString(), time.GetUtcNow()))
            throw RefusedRequestException.Of(
                StatusCodes.Status401Unauthorized, "bad-signature", "The message has no signature that is valid now.", "Sign it with the hook's secret, and send it within five minutes.");
        if (DataOf(hook, body) is not { } data)
        {
            RequestMeasure.Note(context, hook.Kind, isIgnored: true);
            return Answers.Accepted(new { Ignored = true });
        }
        var received = new CloudEvent { Source = $"/hooks/{hook.Name}", Id = id, Extensions = new Dictionary<string, string>(StringComparer.Ordinal), Data = data };
        var (stored, isNew) = await intake.ReceiveAsync(received, hook.MadeBy, context.RequestAborted);
        var answer = new EventAnswer(stored.EventKey, stored.State);
        return isNew ? Answers.Accepted(answer) : Answers.Ok(answer);
    }

    // Null for whatever is no news of a checkpoint: senders give hooks up that answer errors to what they were not made for.
    private static JsonElement? DataOf(Hook hook, byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body, nodeOptions: null, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }) is not JsonObject message)
                return null;
            if (message.ContainsKey("specversion"))
            {
                if (message["type"] is not JsonValue type || !type.TryGetValue<string>(out var name) || name != EventTypes.CheckpointPublished || message["data"] is not JsonObject inner)
                    return null;
                message = inner;
            }
            if (hook.Model is not null && !message.ContainsKey("model"))
                message["model"] = hook.Model;
            if (hook.Recipe is not null && !message.ContainsKey("recipe"))
                message["recipe"] = hook.Recipe;
            return JsonSerializer.SerializeToElement(message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<(Hook Hook, string Version)> FindAsync(HttpContext context, string name) =>
        await store.ReadAsync(FieldReader.NameOf(name), context.RequestAborted) is var (found, version) && found.DeletedAt is null
            ? (found, version)
            : throw RefusedRequestException.NotFound($"hook '{name}'");

    private HookAnswer Whole(HttpContext context, Hook hook)
    {
        var origin = options.Value.PublicUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return HookAnswer.Of(hook) with { Url = $"{origin}/v1/hooks/{hook.Name}/{hook.Path}", Secret = hook.Secrets[0] };
    }
}
