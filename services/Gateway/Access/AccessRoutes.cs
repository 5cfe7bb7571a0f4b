using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Access;

namespace SparsePipeline.Gateway.Access;

/// <summary><c>/v1/keys</c> and <c>/v1/audit</c>.</summary>
internal sealed class AccessRoutes(AccessKeys keys, Audit audit, TimeProvider time) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/keys", (Delegate)ListAsync).Allow(AllowedRoles.Admins).WithSummary("Keys, without their secrets.").Produces<Page<KeyAnswer>>();
        routes.MapPost("/keys", (Delegate)CreateAsync).Allow(AllowedRoles.Admins).Idempotent().WithSummary("Make a key; its token is shown this once.")
            .Accepts<KeyRequest>("application/json").Produces<KeyAnswer>(StatusCodes.Status201Created);
        routes.MapPost("/keys/{keyId}/revoke", (Delegate)RevokeAsync).Allow(AllowedRoles.Admins)
            .WithSummary("Revoke a key; it is of no use within ten seconds.").Produces<KeyAnswer>();
        routes.MapGet("/audit", (Delegate)ReadAuditAsync).Allow(AllowedRoles.Admins)
            .WithSummary("Who changed what on a day (UTC, today when left out), oldest first.").Produces<Page<AuditEntry>>();
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        var limit = PageQuery.Limit(context);
        var after = PageQuery.Text(context, "cursor");
        var found = new List<KeyAnswer>();
        await foreach (var key in keys.ListAsync(after, context.RequestAborted))
        {
            if (found.Count == limit)
                return Answers.Ok(new Page<KeyAnswer>(found, found[^1].KeyId));
            found.Add(KeyAnswer.Of(key));
        }
        return Answers.Ok(new Page<KeyAnswer>(found, Next: null));
    }

    private async Task<IResult> CreateAsync(HttpContext context)
    {
        var wanted = NewKeyReader.Read(await RequestBody.ReadObjectAsync(context)) with { CreatedBy = Caller.Of(context).KeyId, RequestId = Idempotency.IdOf(context) };
        var (key, token) = await keys.CreateAsync(wanted, context.RequestAborted);
        Idempotency.KeepInstead(context, KeyAnswer.Of(key));
        return Answers.Created(KeyAnswer.Of(key) with { Token = token });
    }

    private async Task<IResult> RevokeAsync(HttpContext context, string keyId) =>
        await keys.RevokeAsync(keyId, context.RequestAborted) is { } key ? Answers.Ok(KeyAnswer.Of(key)) : throw RefusedRequestException.NotFound("such key");

    private async Task<IResult> ReadAuditAsync(HttpContext context)
    {
        var limit = PageQuery.Limit(context);
        var day = Day(PageQuery.Text(context, "day"));
        var found = new List<AuditEntry>();
        string? last = null;
        await foreach (var path in audit.ListAsync(day, PageQuery.Text(context, "cursor"), context.RequestAborted))
        {
            if (found.Count == limit)
                return Answers.Ok(new Page<AuditEntry>(found, last));
            if (await audit.ReadAsync(path, context.RequestAborted) is not { } entry)
                continue;
            found.Add(entry);
            last = path[(path.LastIndexOf('/') + 1)..];
        }
        return Answers.Ok(new Page<AuditEntry>(found, Next: null));
    }

    private DateOnly Day(string? text) => text is null
        ? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", "day is no day.", "Write 2026-11-29.", "day");
}
