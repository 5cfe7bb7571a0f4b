using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Hooks;

/// <summary><c>/v1/hooks</c>: addresses for programs that sign what they send and have no key.</summary>
internal sealed class HookRoutes(HookStore store, HookIntake intake, IEnumerable<IHookKind> kinds, IOptions<GatewayOptions> options, TimeProvider time) : IRoutes
{
    private const int PathBytes = 16;
    private readonly IReadOnlyList<IHookKind> _kinds = [.. kinds];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hooks", (Delegate)ListAsync).Allow(AllowedRoles.Operators).WithSummary("All hooks, without their secrets.").Produces<Page<HookAnswer>>();
        routes.MapPost("/hooks", (Delegate)MakeAsync).Allow(AllowedRoles.Operators).Idempotent().WithSummary("Make a hook; address and secret are shown this once.")
            .Accepts<HookRequest>("application/json").Produces<HookAnswer>(StatusCodes.Status201Created);
        routes.MapPost("/hooks/{name}/rotate", (Delegate)RotateAsync).Allow(AllowedRoles.Operators).Idempotent()
            .WithSummary("Give a hook another secret; the one before stays good until the next rotation.").Produces<HookAnswer>();
        routes.MapDelete("/hooks/{name}", (Delegate)DeleteAsync).Allow(AllowedRoles.Operators).WithSummary("End a hook.").Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/hooks/{name}/{path}", (Delegate)ReceiveAsync).Vouched(Vouching.ByEndpoint)
            .WithSummary("A message in the form of the hook's kind. No key is needed.").Accepts<CheckpointPublished>("application/json").Produces<HookReceipt>(StatusCodes.Status202Accepted);
    }

    private async Task<IResult> ListAsync(HttpContext context) => Answers.Ok(await PageQuery.OfNamesAsync(
        context, after => store.ListAsync(after, context.RequestAborted),
        async name => await store.ReadAsync(name, context.RequestAborted) is ({ DeletedAt: null } hook, _) ? HookAnswer.Of(hook) : null));

    private async Task<IResult> MakeAsync(HttpContext context)
    {
        var (request, kind) = HookReader.Read(await RequestBody.ReadObjectAsync(context), _kinds);
        var hook = new Hook
        {
            Name = request.Name,
            Kind = request.Kind,
            Path = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PathBytes)),
            Secrets = [kind.NewSecret()],
            Model = request.Model,
            Recipe = request.Recipe,
            Rules = request.Rules!,
            RequestId = Idempotency.IdOf(context),
            MadeBy = Caller.Of(context).KeyId,
            Nonce = Guid.NewGuid().ToString("N"),
        };
        // One that was deleted gives its name back; one that this request made before its process died was never shown.
        var replaced = await store.ReadAsync(hook.Name, context.RequestAborted) is var (old, version) && (old.DeletedAt is not null || old.RequestId == hook.RequestId) ? version : null;
        return await store.TryWriteAsync(hook, replaced, context.RequestAborted) ? Answers.Created(Shown(context, hook, kind)) : throw RefusedRequestException.Of(
            StatusCodes.Status409Conflict, "hook-exists", $"There is a hook '{hook.Name}'.", "Rotate it, or give another name.", "name");
    }

    private async Task<IResult> RotateAsync(HttpContext context, string name)
    {
        var (hook, version) = await FindAsync(context, name);
        var (kind, requestId) = (KindOf(hook), Idempotency.IdOf(context));
        // A secret that this request gave it before its process died was never shown.
        var before = hook.RequestId == requestId && hook.Secrets.Count > 1 ? hook.Secrets[1] : hook.Secrets[0];
        var rotated = hook with { Secrets = [kind.NewSecret(), before], RequestId = requestId, Nonce = Guid.NewGuid().ToString("N") };
        return await store.TryWriteAsync(rotated, version, context.RequestAborted) ? Answers.Ok(Shown(context, rotated, kind)) : throw Preconditions.Lost();
    }

    private async Task<IResult> DeleteAsync(HttpContext context, string name)
    {
        var (hook, version) = await FindAsync(context, name);
        var deleted = hook with { DeletedAt = time.GetUtcNow(), Nonce = Guid.NewGuid().ToString("N") };
        return await store.TryWriteAsync(deleted, version, context.RequestAborted) ? Results.NoContent() : throw Preconditions.Lost();
    }

    private async Task<IResult> ReceiveAsync(HttpContext context, string name, string path)
    {
        if (!FieldReader.IsName(name) || await store.ReadAsync(name, context.RequestAborted) is not var (hook, _) || !Proofs.IsOfAny(AddressesOf(hook, KindOf(hook)), path, address => address))
            throw RefusedRequestException.NotFound("such hook", "Check the whole address.");
        RequestMeasure.Note(context, hook.Kind);
        if (hook.DeletedAt is not null)
            throw RefusedRequestException.Of(StatusCodes.Status410Gone, "hook-deleted", "The hook was deleted.", "Send nothing more there.");
        var message = new HookMessage(context.Request.Headers, await RequestBody.ReadAsync(context, RequestBody.MostBytes));
        if (!KindOf(hook).IsProven(hook, message, time.GetUtcNow()))
            throw RefusedRequestException.Of(
                StatusCodes.Status401Unauthorized, "bad-signature", "The message has no signature that is valid now.", "Sign it with the hook's secret, and send it within five minutes.");
        return await intake.ReceiveAsync(context, hook, KindOf(hook), message);
    }

    private static IReadOnlyList<string> AddressesOf(Hook hook, IHookKind kind) => kind.IsSecretInAddress ? hook.Secrets : [hook.Path];

    private IHookKind KindOf(Hook hook) => _kinds.FirstOrDefault(k => k.Name == hook.Kind)
        ?? throw RefusedRequestException.Of(StatusCodes.Status422UnprocessableEntity, "unknown-kind", $"The hook is of a kind '{hook.Kind}' of another version.", "Use that version, or make the hook again.");

    private async Task<(Hook Hook, string Version)> FindAsync(HttpContext context, string name) =>
        await store.ReadAsync(FieldReader.NameOf(name), context.RequestAborted) is var (found, version) && found.DeletedAt is null
            ? (found, version)
            : throw RefusedRequestException.NotFound($"hook '{name}'");

    private HookAnswer Shown(HttpContext context, Hook hook, IHookKind kind)
    {
        Idempotency.KeepInstead(context, HookAnswer.Of(hook));
        var origin = options.Value.PublicUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return HookAnswer.Of(hook) with { Url = $"{origin}/v1/hooks/{hook.Name}/{AddressesOf(hook, kind)[0]}", Secret = kind.IsSecretInAddress ? null : hook.Secrets[0] };
    }
}
